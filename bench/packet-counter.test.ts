import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { PacketCounter } from './packet-counter.ts';

test('what passes is counted in both directions, and arrives', async () => {
  const server = createServer((socket) => socket.on('data', (octets) => socket.write(octets)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const counter = await PacketCounter.listen((server.address() as AddressInfo).port);
  const client = connect(counter.port, '127.0.0.1');
  client.write('there and back');
  const [echo] = (await once(client, 'data')) as [Buffer];
  expect([echo.toString(), counter.count]).toEqual(['there and back', 2]);
  client.destroy();
  await counter.end();
  server.close();
});
