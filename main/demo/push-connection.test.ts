import { once } from 'node:events';
import { Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { framed } from '../../protocol/dso/framer.ts';
import { RecordType } from '../../protocol/wire/registry.ts';
import { PushServer } from './testing/push-server.ts';
import { add } from './testing/zone-fixture.ts';

let server: PushServer;

beforeEach(async () => {
  server = await PushServer.start('');
});

afterEach(() => server.stop());

test('RFC 8490 §5.3: a client that breaks a rule is cut off with RST', async () => {
  const { socket } = await server.client();
  const failed = new Promise<NodeJS.ErrnoException>((resolve) => socket.once('error', resolve));
  // Keepalive with ID 0 from a client (RFC 8490 §7.1).
  socket.write(framed(Buffer.from('000030000000000000000000000100080000000000000000', 'hex')));
  expect((await failed).code).toBe('ECONNRESET');
});

test('a session has one timer, and none is left when it ends', async () => {
  const { clock } = server;
  const client = await server.client();
  await client.hears('established');
  expect(clock.waiting).toBe(1);
  client.socket.end();
  await server.emptied();
  expect(clock.waiting).toBe(0);
});

test('RFC 8490 §6.4.1: a client that is idle for twice the timeout is cut off', async () => {
  const { listener, clock } = server;
  const client = await server.client();
  await client.hears('established');
  clock.advance(29_999);
  expect(listener.sessionCount).toBe(1);
  clock.advance(1);
  await client.hears('closed');
});

test('a client that does not read is cut off when 8 MiB wait for it', async () => {
  const { listener, zone } = server;
  const client = await server.client();
  client.subscribe('big.office.test', RecordType.TXT);
  await client.hears('accepted');
  client.socket.pause();
  const reset = once(client.socket, 'close');
  const texts = Array.from({ length: 200 }, (_, at) =>
    add(`big TXT ${'"' + 'x'.repeat(250) + '" '}${String(at).padStart(200, '0')}`),
  );
  const gone = Array.from(texts, (edit) =>
    edit.kind === 'add' ? { ...edit, kind: 'remove' as const } : edit,
  );
  // A connection's end is noticed between two turns of the event loop.
  for (let turn = 0; listener.sessionCount > 0 && turn < 1000; turn++) {
    zone.apply(texts);
    zone.apply(gone);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(listener.sessionCount).toBe(0);
  client.socket.resume();
  await reset;
});

test('a client that is cut off while the FIN of a close is on its way gets RST after it: Node cannot reset in between', async () => {
  const { listener, clock } = server;
  const client = await server.client();
  await client.hears('established');
  const reset = vi.spyOn(Socket.prototype, 'resetAndDestroy');
  client.socket.pause(); // it does not leave by itself
  const closed = listener.close();
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve)); // Retry Delay is out
  clock.advance(400); // the time to leave: FIN
  clock.advance(300); // the time to close: RST
  expect(reset).not.toHaveBeenCalled();
  client.socket.resume();
  await Promise.all([closed, client.hears('closed')]);
  expect(reset).toHaveBeenCalledTimes(1);
  await server.emptied();
  expect(clock.waiting).toBe(0);
});
