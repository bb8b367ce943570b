import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { Rcode } from '../../protocol/wire/registry.ts';
import type { Endpoint } from './endpoint.ts';
import { address, messageOf, octetsOf, QUESTION } from './testing/records.ts';
import { startDns, startResolver } from './testing/start.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A port of loopback at which nothing listens. */
async function deadEndpoint(): Promise<Endpoint> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return { host: '127.0.0.1', port };
}

test('POLL-03: an answer that comes after 6 seconds is accepted, although the question was repeated meanwhile', async () => {
  const dns = await startDns();
  const clock = new VirtualClock();
  const reply = startResolver([dns.endpoint], clock).query(QUESTION);
  const first = await dns.next();
  clock.advance(6000);
  const repeated = await dns.take(2);
  first.answer({ answers: [address(1)] });

  expect(octetsOf(await reply)).toEqual([1]);
  expect(new Set([first, ...repeated].map(({ query }) => query.id)).size).toBeGreaterThan(1);
  expect(clock.waiting).toBe(0);
});

test('silence ends after 10 seconds with the address, what it means and what to do', async () => {
  const dns = await startDns();
  const clock = new VirtualClock();
  const reply = startResolver([dns.endpoint], clock).query(QUESTION);
  await dns.next();
  clock.advance(9999);
  await dns.take(2);
  expect(clock.waiting).toBe(1);
  clock.advance(1);

  const { port } = dns.endpoint;
  expect(await reply).toEqual({
    kind: 'failed',
    reason:
      `127.0.0.1 port ${port} did not answer within 10 seconds: the resolver is down, or something on the way ` +
      'drops DNS. Check the network, or choose another resolver.',
  });
  expect(dns.received).toHaveLength(3);
});

test('a port at which nothing listens is reported at once', async () => {
  const dead = await deadEndpoint();
  const clock = new VirtualClock();
  const reply = await startResolver([dead], clock).query(QUESTION);

  expect(reply).toMatchObject({
    kind: 'failed',
    reason: expect.stringMatching(
      new RegExp(`^Nothing listens at 127\\.0\\.0\\.1 port ${dead.port}: .+ choose another`),
    ),
  });
  expect(clock.waiting).toBe(0);
});

test('the next server is asked at once when nothing listens at the first', async () => {
  const dns = await startDns();
  const reply = startResolver([await deadEndpoint(), dns.endpoint]).query(QUESTION);
  (await dns.next()).answer({ answers: [address(2)] });

  expect(octetsOf(await reply)).toEqual([2]);
});

test.each(['SERVFAIL', 'REFUSED', 'NOTIMP'] as const)(
  'the next server is asked at once when the first says %s',
  async (code) => {
    const [first, second] = [await startDns(), await startDns()];
    const reply = startResolver([first.endpoint, second.endpoint]).query(QUESTION);
    const asked = await first.next();
    asked.answer({ rcode: Rcode[code], additionals: asked.query.additionals });
    (await second.next()).answer({ answers: [address(2)] });

    expect(octetsOf(await reply)).toEqual([2]);
  },
);

test('a silent server is not given up while the next one is asked', async () => {
  const [first, second] = [await startDns(), await startDns()];
  const clock = new VirtualClock();
  const reply = startResolver([first.endpoint, second.endpoint], clock).query(QUESTION);
  const asked = await first.next();
  clock.advance(2000);
  await second.next();
  asked.answer({ answers: [address(1)] });

  expect(octetsOf(await reply)).toEqual([1]);
});

test('every server gets its turn within the time, however many there are', async () => {
  const servers = await Promise.all(Array.from({ length: 5 }, () => startDns()));
  const clock = new VirtualClock();
  const endpoints = servers.map(({ endpoint }) => endpoint);
  const reply = startResolver(endpoints, clock).query(QUESTION);
  await servers[0]!.next();
  clock.advance(5000);
  const last = await servers[4]!.next();
  last.answer({ answers: [address(5)] });

  expect(octetsOf(await reply)).toEqual([5]);
});

test('an error that all servers agree on is the answer, not silence', async () => {
  const [first, second] = [await startDns(), await startDns()];
  const reply = startResolver([first.endpoint, second.endpoint]).query(QUESTION);
  (await first.next()).answer({ rcode: Rcode.SERVFAIL });
  (await second.next()).answer({ rcode: Rcode.REFUSED });

  expect(messageOf(await reply).rcode).toBe(Rcode.SERVFAIL);
});

test('a server from before EDNS is asked again without it', async () => {
  const dns = await startDns();
  const reply = startResolver([dns.endpoint]).query(QUESTION);
  (await dns.next()).answer({ rcode: Rcode.FORMERR });
  const again = await dns.next();
  again.answer({ answers: [address(1)] });

  expect(again.query.additionals).toEqual([]);
  expect(octetsOf(await reply)).toEqual([1]);
});

test('FORMERR with an OPT record is no trouble with EDNS, and is the answer', async () => {
  const dns = await startDns();
  const reply = startResolver([dns.endpoint]).query(QUESTION);
  const asked = await dns.next();
  asked.answer({ rcode: Rcode.FORMERR, additionals: asked.query.additionals });

  expect(messageOf(await reply).rcode).toBe(Rcode.FORMERR);
  expect(dns.received).toHaveLength(1);
});
