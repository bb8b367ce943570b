import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';

const COMMAND = ['--import', 'tsx', join(import.meta.dirname, 'dissect.ts')];
const RIGHT = '# UNSUBSCRIBE 2\n0012 0000 3000 0000 0000 0000 0000 0042 0002 0002\n';
const WRONG = `${RIGHT}000c 0000 b001 0000 0000 0000 0000\n`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'herald-test-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function run(args: readonly string[], input: string | Uint8Array = '') {
  const child = spawn(process.execPath, [...COMMAND, ...args], { stdio: 'pipe' });
  const closed = once(child, 'close');
  child.stdin.on('error', () => undefined); // it may end without reading it
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: (await closed)[0], stdout, stderr };
}

test('messages that are right end with status 0, from a file of digits and from standard input as they are', async () => {
  const file = join(folder, 'right.hex');
  await writeFile(file, RIGHT);
  const binary = Buffer.from(RIGHT.replace(/#.*|\s/g, ''), 'hex');
  const end = { status: 0, stdout: 'C: UNSUBSCRIBE 2\n', stderr: '' };
  expect(await Promise.all([run([file]), run(['-'], RIGHT), run(['-'], binary)])).toEqual([end, end, end]);
});

test('something wrong ends with status 1, and is told behind its message or in it', async () => {
  const [plain, json] = await Promise.all([run(['-'], WRONG), run(['--json', '-'], WRONG)]);
  expect(plain).toEqual({
    status: 1,
    stdout:
      'C: UNSUBSCRIBE 2\nS: RESPONSE #0 FORMERR\n' +
      '# RFC 8490 §5.4.1, octet 0 of the message, 22 of the stream: a response has MESSAGE ID 0\n',
    stderr: '',
  });
  expect(json.status).toBe(1);
  const lines = json.stdout.trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).problem?.section ?? null)).toEqual([null, 'RFC 8490 §5.4.1']);
});

test('--from makes a message of the other end wrong', async () => {
  expect(await run(['--from', 'server', '-'], RIGHT)).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('a server must not begin a message with UNSUBSCRIBE'),
  });
});

test('bad usage, a file that is not there and digits that are none end with status 2 and a message', async () => {
  const ends = await Promise.all([run([]), run(['/nowhere/at/all']), run(['-'], '0012 00zz 30')]);
  expect(ends.map(({ status, stdout }) => [status, stdout])).toEqual(Array.from(ends, () => [2, '']));
  expect(ends[0]?.stderr).toContain('Usage: npm run --silent dissect');
  expect(ends[1]?.stderr).toContain('/nowhere/at/all cannot be read: ENOENT');
  expect(ends[2]?.stderr).toContain('Standard input, line 1, column 8: "z" is no hexadecimal digit');
});
