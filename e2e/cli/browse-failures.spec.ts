import { expect } from 'playwright/test';
import { TestAuthority, selfSigned } from '../../main/net/testing/certificates.ts';
import { FakeDns } from '../../main/net/testing/fake-dns.ts';
import { AUTHORITY, trustFile } from '../testing/identity.ts';
import { RogueServer, deadPort } from '../testing/rogue-server.ts';
import { test } from '../testing/test.ts';
import type { Told } from '../testing/told.ts';
import { allTold, matches, told } from '../testing/told.ts';

const FAILED = { event: 'domain', state: 'failed' };
const POLLED = { event: 'domain', state: 'polling' };

/** The last thing that is told of a domain. */
function lastOf(events: readonly Told[], domain: string): Told | undefined {
  return events.findLast((event) => matches(event, { event: 'domain', domain }));
}

test('a domain that does not exist is told as such, and nothing reached is status 1', async ({
  browse,
  demo,
}) => {
  const ended = await browse('--json', ...demo.options, 'offfice.office.test', 'nowhere.example').ended;
  const events = allTold(ended);

  expect(ended).toMatchObject({ status: 1, stderr: '' });
  expect(lastOf(events, 'offfice.office.test')).toMatchObject({
    ...FAILED,
    step: 'zone',
    reason:
      'The domain offfice.office.test does not exist, says the zone office.test. Check its spelling, or choose the resolver that knows it.',
  });
  expect(lastOf(events, 'nowhere.example')).toMatchObject({
    ...FAILED,
    step: 'zone',
    reason:
      'The resolver does not answer questions about nowhere.example (REFUSED): it may serve other domains only. Check the spelling, or choose another resolver for this domain.',
  });
});

test('a resolver at which nothing listens is told at once', async ({ browse }) => {
  const port = await deadPort();
  const ended = await browse('--json', '--resolver', `127.0.0.1:${port}`, 'office.test').ended;

  expect(ended).toMatchObject({ status: 1, stderr: '' });
  expect(lastOf(allTold(ended), 'office.test')).toMatchObject({ ...FAILED, step: 'zone' });
  expect(lastOf(allTold(ended), 'office.test')!['reason']).toContain(
    `Nothing listens at 127.0.0.1 port ${port}`,
  );
});

test('a resolver that does not answer is given ten seconds and told', async ({ browse, owned }) => {
  const silent = owned(await FakeDns.start());
  const ended = await browse('--json', '--resolver', `127.0.0.1:${silent.endpoint.port}`, 'office.test')
    .ended;

  expect(ended).toMatchObject({ status: 1, stderr: '' });
  expect(silent.received.length).toBeGreaterThan(1);
  expect(lastOf(allTold(ended), 'office.test')).toMatchObject({
    ...FAILED,
    step: 'zone',
    reason: expect.stringContaining('did not answer within 10 seconds'),
  });
});

test('POLL-01: a domain without a push server is told as such and polled, which is as good as reached', async ({
  browse,
  demo,
}) => {
  await demo.update('lab.test', 'update delete _dns-push-tls._tcp.lab.test');
  const command = browse('--json', ...demo.options, 'lab.test');
  await told(command, { ...POLLED, domain: 'lab.test', step: 'srv' });
  await told(command, { instance: 'Labels Cleanroom', type: '_ipp._tcp', port: 631, via: 'poll' });
  command.signal('SIGINT');

  expect(await command.ended).toMatchObject({ status: 0, stderr: '' });
});

test('a push server at which nothing listens is told as such', async ({ browse, demo }) => {
  await demo.movePush('lab.test', await deadPort());
  const ended = await browse('--json', '--for', '2', ...demo.options, 'lab.test').ended;

  expect(ended.status).toBe(0);
  expect(lastOf(allTold(ended), 'lab.test')).toMatchObject({
    ...POLLED,
    step: 'tcp',
    reason: expect.stringContaining('the push server push.office.test is down'),
  });
});

const CERTIFICATES = [
  [
    'of an authority that is not trusted',
    new TestAuthority('Somebody else').issue({ names: ['push.office.test'] }),
  ],
  ['that vouches for itself', selfSigned({ names: ['push.office.test'] })],
  ['for another name', AUTHORITY.issue({ names: ['push.elsewhere.test'] })],
  ['that names the server in its subject alone', AUTHORITY.issue({ commonName: 'push.office.test' })],
  ['that has run out', AUTHORITY.issue({ names: ['push.office.test'], fromDay: -30, untilDay: -1 })],
] as const;

for (const [what, identity] of CERTIFICATES) {
  test(`SEC-02: a server with a certificate ${what} is told, sent nothing, and not polled around`, async ({
    browse,
    demo,
    owned,
    scratch,
  }) => {
    let octets = 0;
    const server = owned(
      await RogueServer.tls((socket) => socket.on('data', (chunk) => (octets += chunk.length)), identity),
    );
    await demo.movePush('lab.test', server.port);
    const trust = await trustFile(`${scratch}/trust.pem`, AUTHORITY.ca, demo.network.caPem);
    const ended = await browse('--json', '--resolver', demo.resolver, '--ca', trust, 'lab.test').ended;

    expect(ended).toMatchObject({ status: 1, stderr: '' });
    expect(server.visits).toBeGreaterThan(0);
    expect(octets).toBe(0);
    expect(lastOf(allTold(ended), 'lab.test')).toMatchObject({
      ...FAILED,
      step: 'identity',
      reason: expect.stringMatching(/push\.office\.test.*nothing was sent/),
    });
  });
}

test('without --ca the system’s authorities count: the demo network’s is not among them', async ({
  browse,
  demo,
}) => {
  const ended = await browse('--json', '--resolver', demo.resolver, 'office.test').ended;

  expect(ended.status).toBe(1);
  expect(lastOf(allTold(ended), 'office.test')).toMatchObject({ ...FAILED, step: 'identity' });
});

const ROGUES = [
  ['speaks no TLS', 'plain', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), 'tls', /does not speak TLS/],
  [
    'sends a message that is no DNS',
    'tls',
    framed(Buffer.from('garbage')),
    'dso',
    /broke a rule of the protocol.*RFC \d+ §/,
  ],
  [
    'sends octets without sense',
    'tls',
    Buffer.alloc(70_000, 0xa5),
    'dso',
    /broke a rule of the protocol.*RFC \d+ §/,
  ],
  [
    'answers no request of ours',
    'tls',
    framed(dsoResponse(0x4242, 0)),
    'dso',
    /broke a rule of the protocol.*RFC \d+ §/,
  ],
  ['does not know DSO', 'tls', null, 'dso', /NOTIMP/],
  ['closes the connection', 'tls', 'close', 'dso', /closed the connection/],
  ['cuts the connection', 'tls', 'cut', 'dso', /cut the connection/],
] as const;

for (const [what, kind, reply, step, reason] of ROGUES) {
  test(`a server that ${what} is told as such, and the domain beside it stays live`, async ({
    browse,
    demo,
    owned,
    scratch,
  }) => {
    const rogue = owned(
      await RogueServer[kind]((socket, reset) =>
        socket.once('data', (request) => {
          if (reply === 'close') socket.end();
          else if (reply === 'cut') reset();
          else socket.write(reply ?? framed(dsoResponse(request.readUInt16BE(2), 4)));
        }),
      ),
    );
    await demo.movePush('lab.test', rogue.port);
    const trust = await trustFile(`${scratch}/trust.pem`, AUTHORITY.ca, demo.network.caPem);
    const command = browse('--json', '--resolver', demo.resolver, '--ca', trust, 'lab.test', 'office.test');
    const failed = await told(command, { ...POLLED, domain: 'lab.test' });
    await told(command, { event: 'changed', instance: 'Reception', type: '_ipp._tcp' });
    await demo.update('office.test', 'update add _ssh._tcp.office.test 60 PTR Alive._ssh._tcp.office.test');
    await told(command, { event: 'added', instance: 'Alive' });
    command.signal('SIGINT');
    const ended = await command.ended;

    expect(failed).toMatchObject({ step, reason: expect.stringMatching(reason) });
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(lastOf(allTold(ended), 'office.test')).toMatchObject({ state: 'live' });
  });
}

/** A message with its length in front (RFC 1035 §4.2.2). */
function framed(message: Uint8Array): Buffer {
  return Buffer.concat([Uint8Array.of(message.length >>> 8, message.length & 0xff), message]);
}

/** A response without anything in it, OPCODE 6 (RFC 8490 §5.4). */
function dsoResponse(id: number, rcode: number): Buffer {
  return Buffer.of(id >>> 8, id & 0xff, 0xb0, rcode, 0, 0, 0, 0, 0, 0, 0, 0);
}
