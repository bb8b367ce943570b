import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { expect } from 'playwright/test';
import { run } from '../../main/demo/testing/programs.ts';
import { test } from '../testing/test.ts';
import { read, standing, told } from '../testing/told.ts';
import { serviceKey, servicesByDig } from '../testing/zone-by-dig.ts';

const DEMO_SERVER = ['--import', 'tsx', 'main/cli/demo-server.ts'];

test('what the demo server prints is all that browse needs: two programs, one zone', async ({
  start,
  browse,
}) => {
  const server = start('npm', ['run', '--silent', 'demo-server', '--', '--json', '--quiet'], {
    isGroup: true,
  });
  const { dnsPort, ca, zones } = (await server.line(read)) as {
    readonly dnsPort: number;
    readonly ca: string;
    readonly zones: readonly string[];
  };
  const command = browse('--json', '--resolver', `127.0.0.1:${dnsPort}`, '--ca', ca, ...zones);
  const truth = (await Promise.all(zones.map((zone) => servicesByDig(dnsPort, zone)))).flat();
  await expect
    .poll(() => [...standing(command.lines.map(read)).keys()].toSorted())
    .toEqual(truth.map(serviceKey).toSorted());
  server.signal('SIGINT');
  const closed = await told(command, { event: 'session', phase: 'closed' });
  const ended = await server.ended;

  expect(zones).toEqual(['office.test', 'lab.test']);
  expect(closed).toMatchObject({ server: 'push.office.test' });
  expect(ended).toMatchObject({ stderr: '', stdout: [expect.any(String)] });
  const lost = await told(command, {
    event: 'domain',
    domain: 'office.test',
    state: 'discovering',
    step: 'session',
  });
  expect(lost['reason']).toMatch(/\w/);
});

test('Ctrl-C in a terminal ends the server that npm runs, and its files go', async ({ start }) => {
  const npm = start('npm', ['run', '--silent', 'demo-server', '--', '--json', '--quiet'], { isGroup: true });
  const { ca, tsigKey } = await npm.line(read);
  expect([existsSync(String(ca)), existsSync(String(tsigKey))]).toEqual([true, true]);
  npm.signal('SIGINT');
  // It resolves when the last process that holds the pipes has gone.
  const { stderr } = await npm.ended;

  expect(stderr).toBe('');
  expect([existsSync(String(ca)), existsSync(String(tsigKey))]).toEqual([false, false]);
});

test('a push port that is taken is status 1 and a message, and nothing of the server stays', async ({
  start,
  demo,
}) => {
  const { pushPort } = demo.network;
  const ended = await start(process.execPath, [...DEMO_SERVER, '--json', '--push-port', String(pushPort)])
    .ended;

  expect(ended).toMatchObject({ status: 1, stdout: [] });
  expect(ended.stderr).toBe(
    `demo-server: Port ${pushPort} on 127.0.0.1 is taken, so the push server cannot listen there. Choose another port, or none to have a free one picked.\n`,
  );
});

test('zones of a file are served in place of the built-in ones, and pushed', async ({
  start,
  browse,
  scratch,
}) => {
  const file = `${scratch}/my.zone`;
  const lines = [
    '$TTL 60',
    '$ORIGIN my.test.',
    '@ SOA ns hostmaster 1 1h 10m 1w 10',
    '  NS ns',
    'ns A 192.0.2.1',
    '_services._dns-sd._udp PTR _http._tcp',
    String.raw`_http._tcp PTR My\032Page._http._tcp`,
    String.raw`My\032Page._http._tcp SRV 0 0 80 ns`,
    ' TXT "path=/"',
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  const server = start(process.execPath, [...DEMO_SERVER, '--json', '--quiet', '--zone', file]);
  const { dnsPort, ca, target } = await server.line(read);
  const command = browse(
    '--json',
    '--resolver',
    `127.0.0.1:${String(dnsPort)}`,
    '--ca',
    String(ca),
    'my.test',
  );

  expect(target).toBe('push.my.test');
  await told(command, {
    event: 'changed',
    instance: 'My Page',
    port: 80,
    addresses: ['192.0.2.1'],
    txt: { path: '/' },
  });
  expect(
    (await run('dig', ['@127.0.0.1', '-p', String(dnsPort), '+short', 'office.test', 'SOA'])).stdout,
  ).toBe('');
});
