import { expect, test } from 'vitest';
import type { Socket } from 'node:net';
import type { ClientHello } from './testing/client-hello.ts';
import { Extension, helloOver, serverNameOf } from './testing/client-hello.ts';
import { FakeTls, startTcp } from './testing/fake-tls.ts';
import { IDENTITY, open, SERVER_NAME } from './testing/recorded-transport.ts';

/** The ClientHello of a connection. */
async function clientHello(): Promise<ClientHello> {
  return await new Promise((resolve) => {
    void startTcp((socket) => void helloOver(socket).then(resolve)).then((port) => open(port));
  });
}

test('SEC-04: the ClientHello offers TLS 1.3 and 1.2 and no older one, and no compression', async () => {
  const { compression, extensions } = await clientHello();
  const versions = extensions.get(Extension.VERSIONS)!.subarray(1).toString('hex').match(/.{4}/g)!;

  expect(versions.filter((version) => version.startsWith('03')).sort()).toEqual(['0303', '0304']);
  expect(compression).toEqual([0]);
});

test('SEC-12: the ClientHello offers no early data and no session', async () => {
  const { extensions } = await clientHello();

  expect(extensions.has(Extension.EARLY_DATA)).toBe(false);
  expect(extensions.has(Extension.PRE_SHARED_KEY)).toBe(false);
});

test('the ClientHello names the server and the protocol "dot"', async () => {
  const hello = await clientHello();

  expect(serverNameOf(hello)).toBe(SERVER_NAME);
  expect(hello.extensions.get(Extension.ALPN)?.subarray(3).toString()).toBe('dot');
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
