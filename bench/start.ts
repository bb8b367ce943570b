import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ServiceRow } from '../main/contract/api.ts';
import { systemClock } from '../main/net/clock.ts';
import { ServiceCache } from '../main/storage/service-cache.ts';
import { electronExecutable } from '../scripts/setup/electron.mjs';
import type { Figure } from './figure.ts';
import { medianFigure } from './figure.ts';
import { HeraldWindow, buildHerald, withDisplay } from './herald-window.ts';
import { LineReader } from './line-reader.ts';

const SERVICES = 10_000;
const SAMPLES = 9;
const DOMAIN = 'bench.test';
const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Nobody answers DNS there: what is shown comes from the disk. */
const NOBODY = { host: '127.0.0.1', port: 9 };

/**
 * B5: from the start of the process to the first service on the screen, of a list of 10,000 that an earlier run left. The reference is an
 * Electron application with one empty window, from the start of its process until Electron would have it shown. Both in turn, each
 * in a profile of its own that it has used before.
 */
export async function start(say: (line: string) => void): Promise<readonly Figure[]> {
  const executable = electronExecutable(ROOT);
  if (executable === undefined) {
    say(`The start is left out. ${HeraldWindow.missing ?? ''}`);
    return [];
  }
  await buildHerald();
  const folder = await mkdtemp(join(tmpdir(), 'herald-bench-'));
  try {
    const profiles = { ours: join(folder, 'ours'), theirs: join(folder, 'theirs') };
    await prepare(profiles.ours);
    return await withDisplay(async () => {
      const samples = { ours: [] as number[], theirs: [] as number[] };
      for (let at = -1; at < SAMPLES; at += 1) {
        const ours = await startedMs(executable, 'start-herald.mjs', profiles.ours);
        const theirs = await startedMs(executable, 'start-bare.mjs', profiles.theirs);
        if (at < 0) continue; // the first makes the profiles
        samples.ours.push(ours);
        samples.theirs.push(theirs);
      }
      const what = {
        id: 'B5',
        name: `the process starts to the first of ${SERVICES} services of the last run is painted`,
        unit: 'ms',
        goal: { of: 'ratio', bound: 'at most', limit: 1.6 },
      } as const;
      const reference = {
        name: 'a bare window of Electron, until it is ready to be shown',
        samples: samples.theirs,
      };
      return [medianFigure(what, samples.ours, reference)];
    });
  } finally {
    await rm(folder, { recursive: true, maxRetries: 20 });
  }
}

/** What an earlier run left: its settings, and the services of one domain. */
async function prepare(profile: string): Promise<void> {
  await mkdir(profile, { recursive: true });
  const settings = { version: 1, theme: 'light', domains: [{ name: DOMAIN, resolver: NOBODY }] };
  await writeFile(join(profile, 'settings.json'), JSON.stringify(settings));
  const problems: string[] = [];
  const cache = new ServiceCache(join(profile, 'services'), systemClock, (message) => problems.push(message));
  const services = Array.from({ length: SERVICES }, (_, at) => serviceOf(at));
  cache.changed(DOMAIN, () => ({ asOfMs: Date.now(), services }));
  await cache.flush();
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

function serviceOf(at: number): ServiceRow {
  const name = `printer-${at}`;
  return {
    id: `${DOMAIN} ${name}._ipp._tcp.${DOMAIN}`,
    domain: DOMAIN,
    type: '_ipp._tcp',
    typeName: 'Printer (IPP)',
    category: 'printer',
    instance: name,
    host: `${name}.${DOMAIN}`,
    port: 631,
    addresses: [`10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`],
    txt: [
      ['txtvers', '1'],
      ['ty', 'Acme Laser 4000'],
      ['note', `Room ${at}`],
      ['pdl', 'application/pdf,image/urf,image/pwg-raster'],
      ['Color', 'T'],
      ['Duplex', 'T'],
    ],
    via: 'push',
    standing: 'live',
    details: 'watched',
    sinceMs: 0,
    changedMs: 0,
  };
}

/** How long an application takes from the start of its process until it says that it is ready; it is ended then. */
async function startedMs(executable: string, main: string, profile: string): Promise<number> {
  const file = fileURLToPath(new URL(main, import.meta.url));
  const beganMs = performance.now();
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(executable, [...sandbox, `--user-data-dir=${profile}`, file], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const exit = once(child, 'exit');
  await new LineReader(child.stdout).next((line) => line === 'ready');
  const tookMs = performance.now() - beganMs;
  child.kill('SIGTERM');
  await exit;
  return tookMs;
}
