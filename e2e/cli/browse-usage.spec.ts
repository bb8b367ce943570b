import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { expect } from 'playwright/test';
import { test } from '../testing/test.ts';
import { allTold, told } from '../testing/told.ts';

const WRONG = [
  [[], 'Say which domain to browse, or --demo, --suggest or --history.'],
  [['--bogus', 'office.test'], "Unknown option '--bogus'"],
  [['--for', 'soon', 'office.test'], '--for takes a number over 0, not "soon".'],
  [['--count', '0', 'office.test'], '--count takes a whole number from 1 on, not "0".'],
  [['--resolver', '127.0.0.1:99999', 'office.test'], '--resolver: “127.0.0.1:99999” is no resolver'],
  [['--demo', '--ca', 'x.pem'], '--demo has a resolver and certificates of its own'],
  [['a..b'], '"a..b" is no domain name'],
] as const;

for (const [args, message] of WRONG) {
  test(`bad usage is status 2, a message and the usage on standard error: ${args.join(' ') || 'nothing'}`, async ({
    browse,
  }) => {
    const { status, stdout, stderr } = await browse(...args).ended;

    expect({ status, stdout }).toEqual({ status: 2, stdout: [] });
    expect(stderr).toContain(message);
    expect(stderr).toContain('\n\nUsage: npm run browse -- [options] NAME…\n');
  });
}

test('--help is the usage on standard output and status 0', async ({ browse }) => {
  const { status, stdout, stderr } = await browse('--help').ended;

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout[0]).toBe('Usage: npm run browse -- [options] NAME…');
});

for (const command of ['browse', 'demo-server']) {
  test(`${command} --help ends quietly when nobody reads it to its end`, async ({ start }) => {
    const script = `set -o pipefail; "$0" --import tsx main/cli/${command}.ts --help | true`;
    const { status, stderr } = await start('bash', ['-c', script, process.execPath]).ended;

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
}

test('npm run browse is the same command: its arguments and its status go through npm', async ({
  start,
  demo,
}) => {
  const npm = (...args: readonly string[]) => start('npm', ['run', '--silent', 'browse', '--', ...args]);
  const count = await npm('--json', '--count', '1', ...demo.options, '_ipp._tcp.office.test').ended;
  const wrong = await npm('--bogus').ended;

  expect(count.status).toBe(0);
  expect(allTold(count).at(-1)).toMatchObject({ event: 'added' });
  expect(wrong.status).toBe(2);
});

test('certificates that cannot be used are status 2 and a message that says which file', async ({
  browse,
  scratch,
}) => {
  const notes = `${scratch}/notes.txt`;
  await writeFile(notes, 'milk, bread');
  const missing = await browse('--ca', `${scratch}/missing.pem`, 'office.test').ended;
  const unusable = await browse('--ca', notes, 'office.test').ended;

  expect(missing).toMatchObject({ status: 2, stdout: [] });
  expect(missing.stderr).toMatch(/missing\.pem cannot be read: it is not there\. Choose another file\.\n$/);
  expect(unusable).toMatchObject({ status: 2, stdout: [] });
  expect(unusable.stderr).toMatch(/notes\.txt holds no certificate in PEM form/);
});

test('a file with half a certificate is refused, not trusted to be one', async ({
  browse,
  demo,
  scratch,
}) => {
  const broken = `${scratch}/broken.pem`;
  await writeFile(
    broken,
    `${demo.network.caPem.split('\n').slice(0, 4).join('\n')}\n-----END CERTIFICATE-----\n`,
  );
  const { status, stderr } = await browse('--resolver', demo.resolver, '--ca', broken, 'office.test').ended;

  expect(status).toBe(2);
  expect(stderr).toContain(`${broken} `);
  expect(stderr).not.toContain('    at ');
});

test('--keylog appends the secrets of the connection that Wireshark needs, for nobody else to read', async ({
  browse,
  demo,
  scratch,
}) => {
  const keylog = `${scratch}/keys.log`;
  const { status } = await browse('--keylog', keylog, '--count', '1', ...demo.options, 'office.test').ended;
  const lines = (await readFile(keylog, 'latin1')).trimEnd().split('\n');
  const labels = lines.map((line) => /^([A-Z_\d]+) [\da-f]{64} [\da-f]{64,96}$/.exec(line)?.[1]);

  expect(status).toBe(0);
  expect(labels).toEqual(
    expect.arrayContaining([
      'CLIENT_HANDSHAKE_TRAFFIC_SECRET',
      'SERVER_HANDSHAKE_TRAFFIC_SECRET',
      'CLIENT_TRAFFIC_SECRET_0',
      'SERVER_TRAFFIC_SECRET_0',
    ]),
  );
  expect(labels).not.toContain(undefined);
  expect((await stat(keylog)).mode & 0o777).toBe(0o600);
});

test('--transcript writes every message of the session, from the first to the last', async ({
  browse,
  demo,
  scratch,
}) => {
  const transcript = `${scratch}/transcript`;
  const command = browse('--json', '--transcript', transcript, ...demo.options, '_ipp._tcp.office.test');
  await told(command, { event: 'changed', instance: 'Reception' });
  command.signal('SIGINT');
  await command.ended;
  const lines = (await readFile(transcript, 'utf8')).trimEnd().split('\n');

  expect(lines[0]).toBe(`# push.office.test port ${demo.network.pushPort}`);
  expect(lines.find((line) => line.includes('C:'))).toMatch(/C: KEEPALIVE #1 /);
  expect(lines).toContainEqual(expect.stringMatching(/C: SUBSCRIBE #2 _ipp\._tcp\.office\.test\. IN PTR$/));
  expect(lines).toContainEqual(expect.stringMatching(/S: PUSH /));
  expect(lines.at(-1)).toMatch(/C: .*close/i);
});

test('a file that cannot be written is one problem told, and the browsing goes on', async ({
  browse,
  demo,
  scratch,
}) => {
  await mkdir(`${scratch}/folder`);
  const command = browse(
    '--json',
    '--transcript',
    `${scratch}/folder`,
    '--keylog',
    '/dev/full',
    ...demo.options,
    'office.test',
  );
  await told(command, { event: 'changed', instance: 'Reception' });
  command.signal('SIGINT');
  const ended = await command.ended;
  const problems = allTold(ended).filter(({ event }) => event === 'problem');

  expect(ended).toMatchObject({ status: 0, stderr: '' });
  expect(new Set(problems.map(({ reason }) => String(reason).split(':')[0]))).toEqual(
    new Set(['/dev/full cannot be written', `${scratch}/folder cannot be written`]),
  );
  expect(problems).toHaveLength(2);
});
