import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { Random } from '../../protocol/testing/fuzz/random.ts';
import { WireGate } from './wire-gate.ts';

let gate: WireGate;
let client: Socket;
/** The server's end of the client's connection. */
let server: Socket;

beforeEach(async () => {
  const listener = createServer({ allowHalfOpen: true });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  gate = await WireGate.open((listener.address() as AddressInfo).port, new Random(1));
  const accepted = once(listener, 'connection');
  client = dial();
  [server] = (await accepted) as [Socket];
  server.on('error', () => undefined);
  onTestFinished(async () => {
    client.destroy();
    await gate.close();
    listener.close();
  });
});

function dial(): Socket {
  const socket = connect({ port: gate.port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  return socket;
}

/** Resolves when a socket is gone, an error or none. */
function ended(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

/** Resolves with as many octets as that, in chunks as they came. */
async function chunks(socket: Socket, octets: number): Promise<readonly Buffer[]> {
  const read: Buffer[] = [];
  while (Buffer.concat(read).length < octets) read.push(((await once(socket, 'data')) as [Buffer])[0]);
  return read;
}

test('in clear weather octets pass both ways, and a FIN does', async () => {
  client.write('up');
  expect(Buffer.concat(await chunks(server, 2)).toString()).toBe('up');
  server.end('down');
  expect(Buffer.concat(await chunks(client, 4)).toString()).toBe('down');
  await once(client, 'end');
  expect([gate.open, gate.count]).toEqual([1, 1]);
  client.end();
  await once(client, 'close');
});

test.each(['slow', 'dribble'] as const)('in %s weather all octets arrive, in order', async (weather) => {
  gate.weather = weather;
  client.write('one ');
  client.write('two ');
  client.write('three');
  expect(Buffer.concat(await chunks(server, 13)).toString()).toBe('one two three');
});

test('what waits in slow weather does not overtake or get lost when it clears', async () => {
  gate.weather = 'slow';
  client.write('one ');
  client.write('two');
  gate.weather = 'clear';
  expect(Buffer.concat(await chunks(server, 7)).toString()).toBe('one two');
});

test('nothing passes in a stall, and all of it in order afterwards', async () => {
  gate.weather = 'stall';
  client.write('first ');
  client.end('last');
  server.write('down');
  await once(client, 'finish');
  expect([server.bytesRead, client.bytesRead]).toEqual([0, 0]);
  gate.weather = 'clear';
  expect(Buffer.concat(await chunks(server, 10)).toString()).toBe('first last');
});

test('a reset is seen at both ends', async () => {
  const both = [ended(client), ended(server)];
  gate.reset();
  await Promise.all(both);
  expect(gate.open).toBe(0);
});

test('a direction that is closed ends with a FIN, and the other goes on', async () => {
  const ended = once(client, 'end');
  client.resume();
  gate.halfClose('down');
  await ended;
  client.write('still');
  expect(Buffer.concat(await chunks(server, 5)).toString()).toBe('still');
});

test('a flip changes one bit of one chunk; the connection is cut when all is well again', async () => {
  gate.flip('up');
  client.write(Buffer.alloc(8));
  const [octets] = await chunks(server, 8);
  const bits = [...octets!].map((octet) => octet.toString(2).replaceAll('0', '').length);
  expect(bits.reduce((sum, count) => sum + count, 0)).toBe(1);
  const closed = ended(client);
  gate.heal();
  await closed;
});

test('nobody is let in through a gate that is shut', async () => {
  gate.isShut = true;
  const late = dial();
  await ended(late);
  expect([gate.open, gate.count]).toEqual([1, 2]);
});
