import { chown, copyFile, mkdir, readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright';
import { expect } from 'playwright/test';
import { ROOT } from '../testing/command.ts';
import { domainEntry, serviceLine } from '../testing/service-list.ts';
import { test } from '../testing/test.ts';

/** Debian's `nobody` and `nogroup`. */
const NOBODY = 65_534;

/**
 * What makes a command that of an ordinary user where the tests run as root: another user without any power but that to read a
 * checkout which is root's alone.
 */
const AS_NOBODY = [
  'setpriv',
  ...[`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'],
  ...['--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--'],
];

/** A process as `/proc/PID/status` has it (proc_pid_status(5)). */
async function statusOf(pid: number): Promise<ReadonlyMap<string, string>> {
  const lines = (await readFile(`/proc/${pid}/status`, 'utf8')).split('\n');
  return new Map(lines.map((line) => [line.split(':\t')[0]!, line.split(':\t')[1]!] as const));
}

/** The processes that draw the pages of the Herald that keeps its things in a folder. */
async function renderersOf(folder: string): Promise<readonly number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => ''); // ended meanwhile
    if (command.includes('--type=renderer') && command.includes(folder)) found.push(Number(name));
  }
  return found;
}

test('for an ordinary user Chromium’s own sandbox is on: every page runs under seccomp, in a process of its own', async ({
  start,
  scratch,
}) => {
  const isRoot = process.getuid?.() === 0;
  const home = path.join(scratch, 'home');
  const cookie = path.join(scratch, 'cookie');
  await mkdir(home);
  await copyFile(process.env['XAUTHORITY'] ?? '/dev/null', cookie);
  if (isRoot) for (const place of [scratch, home, cookie]) await chown(place, NOBODY, NOBODY);
  const electron = createRequire(import.meta.url)('electron') as string;
  const switches = [`--user-data-dir=${home}`, '--remote-debugging-port=0', ROOT, '--demo', '--quiet'];
  const [file, ...args] = [...(isRoot ? AS_NOBODY : []), electron, ...switches];
  const herald = start(file!, args, {
    env: { ...process.env, HOME: home, XAUTHORITY: cookie },
  });
  const endpoint = /(?<=DevTools listening on )ws:\S+/;
  const browser = await chromium.connectOverCDP(await herald.complaint(endpoint), { noDefaults: true });
  const context = browser.contexts()[0]!;
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  await expect(domainEntry(page, 'office.test')).toHaveAttribute('data-state', 'live');
  await expect(serviceLine(page, '_ipp._tcp', 'Meeting Room 3')).toBeVisible();

  const main = await statusOf(herald.pid);
  const renderers = await renderersOf(home);
  expect(main.get('Uid')).toMatch(new RegExp(`^${isRoot ? NOBODY : process.getuid?.()}\\t`));
  expect(renderers.length).toBeGreaterThan(0);
  for (const pid of renderers) {
    const status = await statusOf(pid);
    expect({ seccomp: status.get('Seccomp'), noNewPrivileges: status.get('NoNewPrivs') }).toEqual({
      seccomp: '2',
      noNewPrivileges: '1',
    });
    // A process ID of its own for each namespace it is in: a namespace of its own besides ours.
    expect(status.get('NSpid')!.split('\t').length).toBeGreaterThan(1);
  }
  herald.signal('SIGTERM');
  expect(await herald.ended).toMatchObject({ status: 0 });
});
