import { expect, test } from 'vitest';
import type { Socket } from 'node:net';
import { FakeTls, startTcp } from './testing/fake-tls.ts';
import { IDENTITY, open, SERVER_NAME } from './testing/recorded-transport.ts';

/** The ClientHello of a connection, without the heads of record and handshake. */
async function clientHello(): Promise<Buffer> {
  return await new Promise((resolve) => {
    void startTcp((socket) => void socket.once('data', (record) => resolve(record.subarray(9)))).then(
      (port) => open(port),
    );
  });
}

/** Extensions of a ClientHello by type (RFC 8446 §4.1.2), and its compression methods. */
function parsedHello(hello: Buffer) {
  let at = 2 + 32;
  at += 1 + hello[at]!; // session ID
  at += 2 + hello.readUInt16BE(at); // cipher suites
  const compression = [...hello.subarray(at + 1, at + 1 + hello[at]!)];
  at += 1 + hello[at]! + 2;
  const extensions = new Map<number, Buffer>();
  while (at < hello.length) {
    const length = hello.readUInt16BE(at + 2);
    extensions.set(hello.readUInt16BE(at), hello.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return { compression, extensions };
}

test('SEC-04: the ClientHello offers TLS 1.3 and 1.2 and no older one, and no compression', async () => {
  const { compression, extensions } = parsedHello(await clientHello());
  const versions = extensions.get(43)!.subarray(1).toString('hex').match(/.{4}/g)!;

  expect(versions.filter((version) => version.startsWith('03')).sort()).toEqual(['0303', '0304']);
  expect(compression).toEqual([0]);
});

test('SEC-12: the ClientHello offers no early data and no session', async () => {
  const { extensions } = parsedHello(await clientHello());

  expect(extensions.has(42)).toBe(false); // early_data
  expect(extensions.has(41)).toBe(false); // pre_shared_key
});

test('the ClientHello names the server and the protocol "dot"', async () => {
  const { extensions } = parsedHello(await clientHello());

  expect(extensions.get(0)?.subarray(5).toString()).toBe(SERVER_NAME);
  expect(extensions.get(16)?.subarray(3).toString()).toBe('dot');
});

test.each(['TLSv1.2', 'TLSv1.3'] as const)(
  'SEC-04: a server that speaks only %s is spoken to',
  async (version) => {
    const server = await FakeTls.start({ ...IDENTITY, minVersion: version, maxVersion: version });

    expect((await open(server.port).secure).protocol).toBe(version);
  },
);

test('SEC-04: a server that speaks only TLS 1.1 is refused', async () => {
  // ServerHello of TLS 1.1: version 0302, random, no session, a cipher suite of those days, no compression.
  const body = `0302${'11'.repeat(32)}00c01300`;
  const hello = `02${(body.length / 2).toString(16).padStart(6, '0')}${body}`;
  const record = Buffer.from(`160302${(hello.length / 2).toString(16).padStart(4, '0')}${hello}`, 'hex');
  const port = await startTcp((socket) => void socket.once('data', () => socket.write(record)));

  expect(await open(port).end).toMatchObject({
    kind: 'failed',
    step: 'tls',
    reason: expect.stringContaining('only versions of TLS that are not safe'),
  });
});

test.each<readonly [string, (socket: Socket) => void, RegExp]>([
  [
    'greets in plain text',
    (socket) => void socket.write('220 mail.test ESMTP ready\r\n'),
    /does not speak TLS/,
  ],
  [
    'answers in plain text',
    (socket) => void socket.once('data', () => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')),
    /does not speak TLS/,
  ],
  [
    'closes',
    (socket) => void socket.once('data', () => socket.end()),
    /cut the connection before it was secure/,
  ],
  [
    'resets',
    (socket) => void socket.once('data', () => socket.resetAndDestroy()),
    /cut the connection before it was secure/,
  ],
])('a server that %s instead of speaking TLS is told as that', async (_, serve, reason) => {
  const port = await startTcp(serve);
  const { end, log } = open(port);

  expect(await end).toMatchObject({ kind: 'failed', step: 'tls', reason: expect.stringMatching(reason) });
  expect(log).toEqual(['connecting', 'securing', 'end']);
});

test('a TLS server of another application protocol is told as that', async () => {
  const server = await FakeTls.start({ ...IDENTITY, ALPNProtocols: ['h2'] });

  expect(await open(server.port).end).toMatchObject({
    step: 'tls',
    reason: expect.stringContaining('ALPN "dot"'),
  });
});
