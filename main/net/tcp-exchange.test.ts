import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { readMessage, writeMessage } from '../../protocol/wire/message.ts';
import { RecordType } from '../../protocol/wire/registry.ts';
import type { Endpoint } from './endpoint.ts';
import { address, messageOf, octetsOf, QUESTION } from './testing/records.ts';
import { startDns, startResolver } from './testing/start.ts';

/** A server that says TC to everything over UDP and does as the test tells it over TCP. */
async function truncatingServer(serve: (socket: Socket) => void): Promise<Endpoint> {
  const tcp = createServer(serve).listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const { port } = tcp.address() as AddressInfo;
  const udp = createSocket('udp4').bind(port, '127.0.0.1');
  await once(udp, 'listening');
  udp.on('message', (bytes, from) => {
    const query = readMessage(bytes);
    udp.send(writeMessage({ ...query, isResponse: true, isTruncated: true }), from.port, from.address);
  });
  onTestFinished(() => {
    tcp.close();
    udp.close();
  });
  return { host: '127.0.0.1', port };
}

test('DISC-14: a truncated answer is asked for again over TCP, the same question with its length in front', async () => {
  const dns = await startDns();
  const reply = startResolver([dns.endpoint]).query(QUESTION);
  const first = await dns.next();
  first.answer({ isTruncated: true, answers: [address(66)] });
  const second = await dns.next();
  second.answer({ answers: [address(1)] });

  expect(octetsOf(await reply)).toEqual([1]);
  expect([first.over, second.over]).toEqual(['udp', 'tcp']);
  expect(second.query.questions).toEqual([QUESTION]);
});

test('an answer of nearly 64 KiB is read whole', async () => {
  const dns = await startDns();
  const reply = startResolver([dns.endpoint]).query({ ...QUESTION, type: RecordType.TXT });
  (await dns.next()).answer({ isTruncated: true });
  const text = new Uint8Array(256).fill(0x78);
  text[0] = 255;
  const answers = Array.from({ length: 243 }, () => ({ ...address(1), type: RecordType.TXT, rdata: text }));
  (await dns.next()).answer({ answers });

  expect(messageOf(await reply).answers).toHaveLength(243);
});

test('over TCP too, messages that are not the response are passed over', async () => {
  const dns = await startDns();
  const reply = startResolver([dns.endpoint]).query(QUESTION);
  (await dns.next()).answer({ isTruncated: true });
  const asked = await dns.next();
  asked.send(Uint8Array.of(1, 2, 3));
  asked.answer({ id: asked.query.id ^ 1, answers: [address(66)] });
  asked.answer({ answers: [address(1)] });

  expect(octetsOf(await reply)).toEqual([1]);
});

test('a server that truncates and closes TCP without an answer is reported as that', async () => {
  const endpoint = await truncatingServer((socket) => socket.resume().once('data', () => socket.end()));

  expect(await startResolver([endpoint]).query(QUESTION)).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining(`port ${endpoint.port} closed the TCP connection without an answer`),
  });
});

test('a server that truncates and cuts TCP is reported as that', async () => {
  const endpoint = await truncatingServer((socket) => socket.once('data', () => socket.resetAndDestroy()));

  expect(await startResolver([endpoint]).query(QUESTION)).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining(`port ${endpoint.port} cut the connection (over TCP)`),
  });
});
