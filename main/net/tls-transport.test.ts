import { Socket } from 'node:net';
import { expect, test, vi } from 'vitest';
import { FakeTls, deadPort, startTcp } from './testing/fake-tls.ts';
import { IDENTITY, open } from './testing/recorded-transport.ts';

test('octets go both ways once the server has shown who it is', async () => {
  const server = await FakeTls.start(IDENTITY);
  const client = open(server.port);
  const peer = await client.secure;
  const { tls, text } = await server.next();
  client.transport.send(Buffer.from('ping'));
  await vi.waitFor(() => expect(text()).toBe('ping'));
  tls.end('pong');
  await client.end;

  expect(client.log).toEqual(['connecting', 'securing', 'secure', 'pong', 'end']);
  expect(peer).toMatchObject({ address: '127.0.0.1', port: server.port, protocol: 'TLSv1.3', alpn: 'dot' });
  expect(peer.identity.chain[0]?.sha256).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
});

test('a chunk belongs to the receiver: later ones do not overwrite it', async () => {
  const server = await FakeTls.start(IDENTITY);
  const client = open(server.port);
  await client.secure;
  const { tls } = await server.next();
  for (const letter of ['a', 'b', 'c']) {
    await new Promise((resolve) => tls.write(letter.repeat(10_000), resolve));
  }
  tls.end();
  await client.end;

  const letters = [...client.log.slice(3, -1).join('')];
  expect(letters).toEqual([...'a'.repeat(10_000), ...'b'.repeat(10_000), ...'c'.repeat(10_000)]);
});

test('a server without ALPN is accepted', async () => {
  const server = await FakeTls.start({ ...IDENTITY, ALPNProtocols: [] });
  const peer = await open(server.port).secure;

  expect(peer.alpn).toBeUndefined();
});

test('SEC-01: to send before the server is authenticated is an error of ours', async () => {
  const server = await FakeTls.start(IDENTITY);
  const { transport, securing, secure } = open(server.port);

  expect(() => transport.send(Buffer.from('early'))).toThrow(TypeError);
  await securing;
  expect(() => transport.send(Buffer.from('early'))).toThrow(TypeError);
  await secure;
  const { text } = await server.next();
  transport.send(Buffer.from('in time'));
  await vi.waitFor(() => expect(text()).toBe('in time'));
});

test('DSO-20: Nagle is left on', async () => {
  const noDelay = vi.spyOn(Socket.prototype, 'setNoDelay');
  const server = await FakeTls.start({ ...IDENTITY, noDelay: false });
  noDelay.mockClear();
  const client = open(server.port);
  await client.secure;
  client.transport.send(Buffer.from('x'));
  client.transport.close();
  await client.end;

  expect(noDelay).not.toHaveBeenCalled();
});

test('the secrets of the connection are given to whom wants to decrypt it', async () => {
  const server = await FakeTls.start(IDENTITY);
  const keylog = vi.fn<(line: Buffer) => void>();
  await open(server.port, { keylog }).secure;

  expect(keylog.mock.calls.map(([line]) => line.toString().split(' ')[0])).toContain(
    'CLIENT_TRAFFIC_SECRET_0',
  );
});

test('octets that the server does not take are counted', async () => {
  const server = await FakeTls.start(IDENTITY);
  const client = open(server.port);
  await client.secure;
  const { tls } = await server.next();
  tls.pause();
  for (let sent = 0; sent < 16; sent++) client.transport.send(new Uint8Array(1_000_000));

  expect(client.transport.bufferedBytes).toBeGreaterThan(1_000_000);
});

test('an address at which nothing listens is passed over for the next at once', async () => {
  const server = await FakeTls.start(IDENTITY);
  const client = open(server.port, { addresses: ['127.0.0.2', '127.0.0.1'] });

  expect((await client.secure).address).toBe('127.0.0.1');
});

test('a port at which nothing listens is named, and what it means', async () => {
  const port = await deadPort();
  const client = open(port, { addresses: ['127.0.0.1', '127.0.0.2'] });

  expect(await client.end).toEqual({
    kind: 'failed',
    step: 'tcp',
    reason:
      `Nothing listens at 127.0.0.1 port ${port}; nothing listens at 127.0.0.2 port ${port}: the push server ` +
      'push.office.test is down, or a firewall is in the way. Check the network; it is tried again later.',
  });
  expect(client.log).toEqual(['connecting', 'end']);
  expect(client.clock.waiting).toBe(0);
});

test('a server that takes the connection and says nothing is given up after 10 seconds', async () => {
  const port = await startTcp(() => undefined);
  const client = open(port);
  await client.securing;
  client.clock.advance(9999);
  expect(client.log).toEqual(['connecting', 'securing']);
  client.clock.advance(1);

  expect(await client.end).toMatchObject({
    step: 'tls',
    reason: expect.stringContaining('did not complete TLS within 10 seconds'),
  });
  expect(client.clock.waiting).toBe(0);
});

test('a connection without an address to go to is an error of ours', () => {
  expect(() => open(853, { addresses: [] })).toThrow(TypeError);
});
