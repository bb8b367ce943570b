import { expect } from 'playwright/test';
import { AUTHORITY, trustFile } from '../testing/identity.ts';
import { PushRelay } from '../testing/push-relay.ts';
import { test } from '../testing/test.ts';
import { allTold, matches, standing, told } from '../testing/told.ts';

const CHANGES = new Set(['added', 'changed', 'removed']);

test('--demo needs nothing else: --count ends it with 0 after exactly so many services', async ({
  browse,
}) => {
  const ended = await browse('--demo', '--json', '--count', '5').ended;
  const events = allTold(ended);

  expect(ended).toMatchObject({ status: 0, stderr: '' });
  expect(events.filter(({ event }) => CHANGES.has(String(event)))).toHaveLength(5);
  expect(events.filter((event) => matches(event, { event: 'domain', state: 'live' })).length).toBeGreaterThan(
    0,
  );
  expect(CHANGES.has(String(events.at(-1)!['event']))).toBe(true);
});

test('--for ends it with 0 after so long, when a domain was live', async ({ browse, demo }) => {
  const ended = await browse('--json', ...demo.options, '--for', '2.5', 'office.test').ended;
  const times = allTold(ended).map(({ at }) => Number(at));

  expect(ended).toMatchObject({ status: 0, stderr: '' });
  expect(Math.max(...times)).toBeLessThan(2_500 + 1_500);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`END-01: ${signal} ends it with 0 within a second, by close_notify and FIN`, async ({
    browse,
    demo,
    owned,
    scratch,
  }) => {
    const relay = owned(await PushRelay.start(demo, 'office.test', 'lab.test'));
    const trust = await trustFile(`${scratch}/trust.pem`, AUTHORITY.ca);
    const command = browse('--json', '--resolver', demo.resolver, '--ca', trust, 'office.test', 'lab.test');
    await told(command, { event: 'domain', domain: 'office.test', state: 'live' });
    await told(command, { event: 'domain', domain: 'lab.test', state: 'live' });
    await told(command, { event: 'changed', instance: 'Reception', type: '_ipp._tcp' });
    const [session] = relay.connections;
    const beganMs = performance.now();
    command.signal(signal);
    const ended = await command.ended;
    const tookMs = performance.now() - beganMs;
    await session!.over;

    expect(ended).toMatchObject({ status: 0, signal: null, stderr: '' });
    expect(tookMs).toBeLessThan(1_000);
    expect(relay.connections).toHaveLength(1); // both domains share the one server
    expect(session!.wire.slice(-2)).toEqual([21, 'FIN']);
    expect(session!.tls).toEqual(['secure', 'end', 'close']);
    await expect.poll(() => demo.network.sessionCount).toBe(0);
  });
}

test('a reader that goes away ends it quietly', async ({ browse, demo }) => {
  const command = browse('--json', ...demo.options, 'office.test');
  await told(command, { event: 'domain', state: 'live' });
  command.hangUp();
  // Nothing is written until something changes.
  await demo.update('office.test', 'update add _ssh._tcp.office.test 60 PTR Gone._ssh._tcp.office.test');
  const { status, signal, stderr } = await command.ended;

  expect({ status, signal, stderr }).toEqual({ status: 0, signal: null, stderr: '' });
  await expect.poll(() => demo.network.sessionCount).toBe(0);
});

test('in a pipe to head -1 it prints the line and ends without a word', async ({ start }) => {
  const pipe = start('bash', [
    '-c',
    'set -o pipefail; "$0" --import tsx main/cli/browse.ts --demo --json | head -1',
    process.execPath,
  ]);
  const { status, stdout, stderr } = await pipe.ended;

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toHaveLength(1);
});

test('a session that is cut is made anew: nothing is lost, and nothing is told twice', async ({
  browse,
  demo,
  owned,
  scratch,
}) => {
  const relay = owned(await PushRelay.start(demo, 'office.test'));
  const trust = await trustFile(`${scratch}/trust.pem`, AUTHORITY.ca);
  const command = browse('--json', '--resolver', demo.resolver, '--ca', trust, '_ipp._tcp.office.test');
  await told(command, { event: 'changed', instance: 'Reception' });
  await demo.update('office.test', 'update add _ipp._tcp.office.test 60 PTR Last._ipp._tcp.office.test');
  await told(command, { event: 'added', instance: 'Last' });
  const before = standing(command.lines.map((line) => JSON.parse(line)));

  relay.cut();
  const lost = await told(command, { event: 'domain', state: 'discovering', step: 'session' });
  // A RST that comes close behind data is at times told as the end of it.
  expect(lost['reason']).toMatch(/(?:cut|closed) the connection/);
  await expect.poll(() => relay.connections.length).toBe(2);
  await demo.update(
    'office.test',
    'update add _ipp._tcp.office.test 60 PTR Second._ipp._tcp.office.test',
    'update delete _ipp._tcp.office.test PTR Last._ipp._tcp.office.test',
  );
  await told(command, { event: 'added', instance: 'Second' });
  await told(command, { event: 'removed', instance: 'Last' });
  command.signal('SIGINT');
  const events = allTold(await command.ended);
  const after = standing(events);

  const keys = [...before.keys()].filter((key) => !key.endsWith(' Last'));
  expect([...after.keys()].toSorted()).toEqual(
    [...keys, '_ipp._tcp.office.test _ipp._tcp Second'].toSorted(),
  );
  expect(events.filter((event) => matches(event, { event: 'added', instance: 'Reception' }))).toHaveLength(1);
});
