import { X509Certificate } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { Name } from '../../protocol/wire/name.ts';
import type { SecureAddress } from './resolver-address.ts';
import { pinOf } from './spki-pins.ts';
import { selfSigned, TestAuthority } from './testing/certificates.ts';
import type { Identity } from './testing/certificates.ts';
import { FakeDot } from './testing/fake-dot.ts';
import { startTcp } from './testing/fake-tls.ts';
import { address, octetsOf, QUESTION } from './testing/records.ts';
import { IDENTITY, SERVER_NAME } from './testing/recorded-transport.ts';
import { startDns, startSecureResolver } from './testing/start.ts';
import { VirtualClock } from './virtual-clock.ts';

const WRONG_PIN = 'd6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmM=';
const SELF_SIGNED = selfSigned({ names: ['any.test'], fromDay: -900, untilDay: -800 });
const pin = ({ cert }: Identity): string => pinOf(new X509Certificate(cert));

test.each<readonly [string, Identity, SecureAddress['identity']]>([
  ['a name that is in its certificate', IDENTITY, { name: SERVER_NAME, pins: [] }],
  [
    'the pin of its key, whatever its certificate says',
    SELF_SIGNED,
    { name: null, pins: [pin(SELF_SIGNED)] },
  ],
  ['a name and one of several pins', IDENTITY, { name: SERVER_NAME, pins: [WRONG_PIN, pin(IDENTITY)] }],
])('SEC-13: a resolver that has %s is asked', async (_, shown, identity) => {
  const dot = await FakeDot.start(shown);
  const reply = startSecureResolver([dot.address(identity)]).query(QUESTION);
  (await dot.next()).answer({ answers: [address(1)] });

  expect(octetsOf(await reply)).toEqual([1]);
});

test.each<readonly [string, Identity, SecureAddress['identity'], RegExp]>([
  [
    'the name and not the pin',
    IDENTITY,
    { name: SERVER_NAME, pins: [WRONG_PIN] },
    /not among the pinned ones/,
  ],
  ['the pin and not the name', IDENTITY, { name: 'other.test', pins: [pin(IDENTITY)] }, /is for other names/],
  [
    'the pin, the name and no authority',
    SELF_SIGNED,
    { name: 'any.test', pins: [pin(SELF_SIGNED)] },
    /has expired|not trusted here/,
  ],
  ['neither', IDENTITY, { name: null, pins: [WRONG_PIN] }, /not among the pinned ones \(its pin is /],
  [
    'an authority that is not trusted',
    new TestAuthority('Stranger').issue({ names: [SERVER_NAME] }),
    { name: SERVER_NAME, pins: [] },
    /not trusted here \(CN=Stranger\)/,
  ],
])('SEC-01, SEC-13: a resolver that has %s is sent nothing', async (_, shown, identity, reason) => {
  const dot = await FakeDot.start(shown);
  const reply = await startSecureResolver([dot.address(identity)]).query(QUESTION);
  await Promise.all(dot.server.accepted.map(({ ending }) => ending));

  expect(reply).toEqual({ kind: 'failed', reason: expect.stringMatching(reason) });
  expect(dot.server.accepted.map(({ text }) => text()).join('')).toBe('');
});

test('SEC-01: RFC 8310 §5.1: where TLS fails nothing is asked in clear text, over UDP or TCP', async () => {
  const firstOctets: number[] = [];
  const port = await startTcp((socket) => {
    socket.once('data', (chunk: Buffer) => {
      firstOctets.push(chunk[0]!);
      socket.resetAndDestroy();
    });
  });
  let datagrams = 0;
  const udp = createSocket('udp4', () => datagrams++).bind(port, '127.0.0.1');
  await once(udp, 'listening');
  onTestFinished(() => void udp.close());
  const secure = { host: '127.0.0.1', port, identity: { name: SERVER_NAME, pins: [] } };

  expect((await startSecureResolver([secure]).query(QUESTION)).kind).toBe('failed');
  expect(firstOctets).toEqual([0x16]); // a ClientHello (RFC 9846 §5.1)
  expect(datagrams).toBe(0);
});

test('a port that speaks no TLS is told as that of no resolver', async () => {
  const port = await startTcp((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
  const secure = { host: '127.0.0.1', port, identity: { name: SERVER_NAME, pins: [] } };

  expect(await startSecureResolver([secure]).query(QUESTION)).toEqual({
    kind: 'failed',
    reason:
      `What answers at ${SERVER_NAME} port ${port} does not speak TLS: it is no resolver, so nothing was sent. ` +
      'Check the address and the port of the resolver.',
  });
});

test('the next resolver is asked at once when the first does not show who it is', async () => {
  const [stranger, dot] = [await FakeDot.start(SELF_SIGNED), await FakeDot.start()];
  const reply = startSecureResolver([stranger.address(), dot.address()]).query(QUESTION);
  (await dot.next()).answer({ answers: [address(2)] });

  expect(octetsOf(await reply)).toEqual([2]);
});

test('a resolver over TLS that keeps silent is asked once, and told after 10 seconds', async () => {
  const dot = await FakeDot.start();
  const clock = new VirtualClock();
  const resolver = startSecureResolver([dot.address()], clock);
  const reply = resolver.query(QUESTION);
  await dot.next();
  clock.advance(9000);
  void resolver.query({ ...QUESTION, name: Name.of('later.test') }); // ends with the test
  expect(String((await dot.next()).query.questions[0]!.name)).toBe('later.test.');
  clock.advance(1000);

  expect(await reply).toMatchObject({ reason: expect.stringContaining('did not answer within 10 seconds') });
});

test('an answer says whether it came inside the machine, from a resolver that has shown who it is, or open', async () => {
  const [dot, dns] = [await FakeDot.start(), await startDns()];
  const secure = startSecureResolver([dot.address()]);
  const loopback = startSecureResolver([dns.endpoint]);
  const replies = [secure.query(QUESTION), loopback.query(QUESTION)];
  (await dot.next()).answer({ answers: [address(1)] });
  (await dns.next()).answer({ answers: [address(1)] });

  expect((await Promise.all(replies)).map(({ path }) => path)).toEqual(['dot', 'loopback']);
  const remembered = [await secure.query(QUESTION), await loopback.query(QUESTION)];
  expect(remembered.map(({ from, path }) => [from, path])).toEqual([
    ['memory', 'dot'],
    ['memory', 'loopback'],
  ]);
});

test('only a resolver that shows who it is may be asked for push itself, and only when it is the one', async () => {
  const dot = await FakeDot.start();
  const [secure, plain] = [dot.address(), { host: '127.0.0.1', port: 53 }];

  expect(startSecureResolver([secure]).secureAddress).toEqual(secure);
  expect(startSecureResolver([plain]).secureAddress).toBeUndefined();
  expect(startSecureResolver([secure, plain]).secureAddress).toBeUndefined();
  expect(startSecureResolver([]).secureAddress).toBeUndefined();
});
