import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dig, run } from '../demo/testing/programs.ts';
import { PushSubscriber } from '../demo/testing/push-subscriber.ts';

const COMMAND = ['--import', 'tsx', join(import.meta.dirname, 'demo-server.ts')];

let directory: string;
const running = new Set<ChildProcess>();

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'herald-test-'));
});

afterEach(async () => {
  for (const child of [...running]) await ended(child, 'SIGTERM');
  await rm(directory, { recursive: true });
});

/** Starts the command; `next` is the next line of its standard output. */
function started(...args: readonly string[]) {
  const child = spawn(process.execPath, [...COMMAND, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  child.on('close', () => running.delete(child));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, next: async (): Promise<string> => String((await lines.next()).value) };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<unknown> {
  const closed = once(child, 'close');
  child.kill(signal);
  return (await closed)[0];
}

test('--json prints one line once it answers; Ctrl-C lets clients go and ends with 0 within a second, its files gone', async () => {
  const { child, next } = started('--json', '--quiet');
  const said = JSON.parse(await next());
  expect(said).toEqual({
    dnsPort: expect.any(Number),
    pushPort: expect.any(Number),
    ca: expect.stringMatching(/ca\.pem$/),
    tsigKey: expect.stringMatching(/tsig\.key$/),
    target: 'push.office.test',
    zones: ['office.test', 'lab.test'],
  });
  expect([said.ca, said.tsigKey].every((path) => isAbsolute(path))).toBe(true);
  expect(await dig(said.dnsPort, '+short', '_dns-push-tls._tcp.lab.test', 'SRV')).toBe(
    `0 0 ${said.pushPort} push.office.test.\n`,
  );
  const client = await PushSubscriber.connect(said.pushPort, await readFile(said.ca, 'utf8'));
  await client.hears('established');

  const beganMs = performance.now();
  expect(await ended(child, 'SIGINT')).toBe(0);
  expect(performance.now() - beganMs).toBeLessThan(1000);
  await client.hears('closed');
  expect(client.told.at(-2)).toContain('asks to stay away');
  expect(existsSync(dirname(said.ca))).toBe(false);
});

test('as text it prints commands that work when they are pasted, and every change as a line', async () => {
  const { child, next } = started('--quiet');
  const pasted: string[] = [];
  for (let line = await next(); !line.startsWith('Ctrl-C'); line = await next()) pasted.push(line.trim());
  await next();
  const script = pasted
    .slice(
      pasted.findIndex((line) => line.startsWith('nsupdate')),
      pasted.indexOf('END') + 1,
    )
    .join('\n');
  expect(await run('bash', ['-c', script])).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(await next()).toBe(
    String.raw`+ _ipp._tcp.office.test. 4500 IN PTR Paste\032Me._ipp._tcp.office.test.`,
  );
  expect(await next()).toMatch(/^\+ Paste\\032Me\._ipp\._tcp\.office\.test\. 120 IN SRV 0 0 631 /);
  expect(await ended(child, 'SIGTERM')).toBe(0);
});

test.each([
  [['--dns-port', 'x'], 2, 'demo-server: --dns-port must be a port from 0 to 65535, not "x".'],
  [['--nonsense'], 2, "demo-server: Unknown option '--nonsense'"],
  [['--zone', '/nowhere/my.zone'], 1, 'demo-server: Zone file /nowhere/my.zone cannot be read: ENOENT'],
])('%j ends with status %i and a message on standard error', async (args, status, message) => {
  const end = await run(process.execPath, [...COMMAND, ...args]);
  expect(end).toMatchObject({ status, stdout: '' });
  expect(end.stderr).toContain(message);
});

test('a zone file with a mistake ends it with status 1 and the line and column', async () => {
  const file = join(directory, 'my.zone');
  await writeFile(file, '$ORIGIN my.test.\n@ 60 SOA ns hm 1 1h 1h 1h 10\nx 60 SRV 0 0 port host\n');
  const { status, stderr } = await run(process.execPath, [...COMMAND, '--zone', file]);
  expect([status, stderr]).toEqual([
    1,
    `demo-server: Zone file ${file}, line 3, column 14: the port must be a number from 0 to 65535, not "port". Correct the file and start again.\n`,
  ]);
});

test('a port that is taken ends it with status 1 and a message', async () => {
  const { next } = started('--json', '--quiet');
  const { dnsPort } = JSON.parse(await next());
  const { status, stderr } = await run(process.execPath, [...COMMAND, '--dns-port', String(dnsPort)]);
  expect([status, stderr]).toEqual([
    1,
    `demo-server: Port ${dnsPort} on 127.0.0.1 is taken, so the DNS server cannot listen there. Choose another port, or none to have a free one picked.\n`,
  ]);
});

test('--misbehave breaks a rule in every session; its list says which there are', async () => {
  const listed = await run(process.execPath, [...COMMAND, '--misbehave', 'help']);
  expect(listed).toMatchObject({ status: 0, stderr: '' });
  expect(listed.stdout).toContain('empty-push');
  const { next } = started('--json', '--quiet', '--misbehave', 'opener-notimp');
  const said = JSON.parse(await next());
  const client = await PushSubscriber.connect(said.pushPort, await readFile(said.ca, 'utf8'));
  await client.hears('the opener was answered NOTIMP');
});

test('--help prints the usage and ends with 0', async () => {
  const end = await run(process.execPath, [...COMMAND, '--help']);
  expect(end).toMatchObject({ status: 0, stderr: '' });
  expect(end.stdout).toContain('--dns-port N');
});
