import { expect, test } from 'vitest';
import { FakeTls } from './testing/fake-tls.ts';
import { AUTHORITY, IDENTITY, SERVER_NAME } from './testing/recorded-transport.ts';
import { connectTls } from './tls-transport.ts';
import { VirtualClock } from './virtual-clock.ts';

const BURST_OCTETS = 400_000;

test('a burst is told one chunk a turn of the event loop, and all of it', async () => {
  const server = await FakeTls.start(IDENTITY);
  const turns: number[] = [];
  let octets = 0;
  let turn = 0;
  const ended = new Promise<void>((resolve) => {
    connectTls(
      {
        serverName: SERVER_NAME,
        port: server.port,
        addresses: ['127.0.0.1'],
        ca: AUTHORITY.ca,
        clock: new VirtualClock(),
      },
      {
        onPhase: () => undefined,
        onSecure: () => undefined,
        onData: (chunk) => {
          turns.push(turn);
          octets += chunk.length;
        },
        onEnd: () => resolve(),
      },
    );
  });
  let counting = setImmediate(function count() {
    turn += 1;
    counting = setImmediate(count);
  });
  const { tls } = await server.next();
  tls.end(Buffer.alloc(BURST_OCTETS));
  await ended;
  clearImmediate(counting);

  expect(octets).toBe(BURST_OCTETS);
  expect(turns.length).toBeGreaterThan(10);
  expect(new Set(turns).size).toBe(turns.length);
});
