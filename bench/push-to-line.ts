import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { BareServer } from './bare-server.ts';
import { BenchServer } from './bench-server.ts';
import { versionOf } from './change-stream.ts';
import type { Figure } from './figure.ts';
import { medianFigure } from './figure.ts';
import { BROWSED } from './generated-zone.ts';
import { LineReader } from './line-reader.ts';

const BROWSE = fileURLToPath(new URL('../main/cli/browse.ts', import.meta.url));
const SERVICES = 100;
const WARM_UP = 30;
const SAMPLES = 200;
/** Changes come one at a time, with pauses of these lengths between them so that they meet the processes in every state. */
const PAUSES_MS = [1, 3, 5, 8, 13];

/**
 * B4: from the server's write to the line that `npm run browse -- --json` prints of it, as this process reads it from the other's
 * pipe. A TXT record is replaced each time; the same clock is read at both ends, since the server runs here. The reference is a bare
 * TLS client, a process too, that prints a line for what it gets.
 */
export async function pushToLine(): Promise<Figure> {
  const server = await BenchServer.start(SERVICES);
  const bare = await BareServer.start();
  const browse = spawn(
    process.execPath,
    [
      ...process.execArgv,
      BROWSE,
      '--json',
      '--resolver',
      `127.0.0.1:${server.resolver.port}`,
      '--ca',
      server.caFile,
      BROWSED,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const lines = new LineReader(browse.stdout);
    await complete(lines);
    const samples = { ours: [] as number[], theirs: [] as number[] };
    for (let change = -WARM_UP; change < SAMPLES; change++) {
      await sleep(PAUSES_MS[Math.abs(change) % PAUSES_MS.length]);
      const tookMs = { ours: await measure(server, lines, change + WARM_UP), theirs: await bare.measure() };
      if (change < 0) continue;
      samples.ours.push(tookMs.ours);
      samples.theirs.push(tookMs.theirs);
    }
    return medianFigure(
      {
        id: 'B4',
        name: 'a PUSH leaves the server to a line of browse --json',
        unit: 'ms',
        goal: { of: 'value', bound: 'at most', limit: 1 },
      },
      samples.ours,
      { name: 'a bare TLS client that prints a line for what it gets', samples: samples.theirs },
    );
  } finally {
    await end(browse);
    await Promise.all([bare.end(), server.end()]);
  }
}

/** Waits for the line that says that the last service is there with all that it has. */
async function complete(lines: LineReader): Promise<void> {
  const whole = new Set<string>();
  await lines.next((text) => {
    const { instance, port, addresses, txt } = JSON.parse(text) as Record<string, unknown>;
    if (typeof instance === 'string' && Boolean(port && addresses && txt)) whole.add(instance);
    return whole.size === SERVICES;
  });
}

/** Milliseconds from a PUSH to the line that tells of it. */
async function measure(server: BenchServer, lines: LineReader, change: number): Promise<number> {
  const service = change % SERVICES;
  const round = Math.floor(change / SERVICES);
  const [before, after] = [versionOf(service, round), versionOf(service, round + 1)];
  const instance = `Printer ${String(service).padStart(5, '0')}`;
  const line = lines.next((text) => text.includes(instance) && text.includes(`"Room ${round + 2}"`));
  const pushedMs = server.change([
    { kind: 'remove', record: before.txt },
    { kind: 'add', record: after.txt },
  ]);
  return (await line).readMs - pushedMs;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill();
  await exited;
}
