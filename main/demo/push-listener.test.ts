import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { Framer, framed } from '../../protocol/dso/framer.ts';
import { DEFAULT_ADMISSION } from '../../protocol/push/admission.ts';
import { readMessage, writeQuery } from '../../protocol/wire/message.ts';
import { Name } from '../../protocol/wire/name.ts';
import { RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { VirtualClock } from '../net/virtual-clock.ts';
import { PushListener } from './push-listener.ts';
import { DemoStartError } from './start-error.ts';
import { PushSubscriber } from './testing/push-subscriber.ts';
import { CERTIFICATE, PushServer } from './testing/push-server.ts';
import { add } from './testing/zone-fixture.ts';

const TLS_1_1 = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
let server: PushServer;

beforeEach(async () => {
  server = await PushServer.start('_ipp._tcp PTR One._ipp._tcp\n_dns-push-tls._tcp SRV 0 0 1 push');
});

afterEach(() => server.stop());

/** Resolves with the error that a TLS client fails with, or with the protocol it speaks. */
async function handshake(options: object): Promise<string> {
  const socket = connectTls({
    port: server.listener.port,
    host: '127.0.0.1',
    servername: 'push.office.test',
    ca: CERTIFICATE.caPem,
    ...options,
  });
  server.owns(() => socket.destroy());
  return new Promise((resolve) => {
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.on('secureConnect', () => resolve(`${socket.getProtocol()} ${String(socket.alpnProtocol)}`));
  });
}

test('SRV-01: plain octets on the push port are closed without an answer in the clear, and the next client is served', async () => {
  const { listener } = server;
  const plain = connectTcp(listener.port, '127.0.0.1');
  const received: Buffer[] = [];
  plain.on('data', (chunk: Buffer) => received.push(chunk));
  plain.on('error', () => undefined);
  const question = { name: Name.of('office.test'), type: RecordType.SOA, class: RecordClass.IN };
  plain.write(framed(writeQuery(1, question, false, 1232)));
  await once(plain, 'close');
  // A TLS alert at most (content type 21), no DNS message.
  const octets = Buffer.concat(received);
  expect(octets.length === 0 || octets[0] === 21).toBe(true);
  expect(octets.includes(Buffer.from('office'))).toBe(false);
  const client = await server.client();
  await client.hears('established');
});

test('SRV-39: the push port is open on 127.0.0.1 and on no other address', async () => {
  const elsewhere = connectTcp(server.listener.port, '127.0.0.2');
  const failed = new Promise<NodeJS.ErrnoException>((resolve) => elsewhere.once('error', resolve));
  expect((await failed).code).toBe('ECONNREFUSED');
});

test('SRV-02: session tickets allow no early data', async () => {
  const { listener } = server;
  const socket = connectTls({
    port: listener.port,
    host: '127.0.0.1',
    servername: 'push.office.test',
    ca: CERTIFICATE.caPem,
  });
  server.owns(() => socket.destroy());
  const [ticket]: Buffer[] = await once(socket, 'session');
  // SSL_SESSION as OpenSSL writes it: the optional element [15] holds max_early_data.
  expect(contextTags(ticket!)).not.toContain(15);
  expect(contextTags(ticket!)).toContain(10); // [10] is the ticket itself
});

/** The numbers of the context-specific elements in a DER sequence. */
function contextTags(der: Buffer): readonly number[] {
  const tags: number[] = [];
  for (let at = headerEnd(der, 0).start; at < der.length; at = headerEnd(der, at).end) {
    if ((der[at]! & 0xc0) === 0x80) tags.push(der[at]! & 0x1f);
  }
  return tags;
}

function headerEnd(der: Buffer, at: number): { readonly start: number; readonly end: number } {
  const first = der[at + 1]!;
  if (first < 0x80) return { start: at + 2, end: at + 2 + first };
  const octets = first & 0x7f;
  const start = at + 2 + octets;
  return { start, end: start + der.readUIntBE(at + 2, octets) };
}

test.each([
  ['TLS 1.3', 'TLSv1.3 false', { minVersion: 'TLSv1.3' }],
  ['TLS 1.2', 'TLSv1.2 false', { maxVersion: 'TLSv1.2' }],
  ['ALPN dot', 'TLSv1.3 dot', { ALPNProtocols: ['dot'] }],
  ['TLS 1.1', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', TLS_1_1],
  ['ALPN h2', 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL', { ALPNProtocols: ['h2'] }],
  ['no trust', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', { ca: [] }],
  ['another name', 'ERR_TLS_CERT_ALTNAME_INVALID', { servername: 'push.lab.test' }],
])('a client with %s ends up with %s', async (_, outcome, options) => {
  expect(await handshake(options)).toBe(outcome);
});

test('a change to a zone is pushed to who subscribed to it, and to nobody else', async () => {
  const { zone } = server;
  const [ipp, ssh] = [await server.client(), await server.client()];
  ipp.subscribe('_ipp._tcp.office.test', RecordType.PTR);
  ssh.subscribe('_ssh._tcp.office.test', RecordType.PTR);
  await Promise.all([ipp.hears('accepted'), ssh.hears('accepted'), ipp.hears('+ ')]);
  zone.apply([add('_ipp._tcp PTR Two._ipp._tcp')]);
  zone.apply([add('_ssh._tcp PTR host._ssh._tcp')]);
  await Promise.all([ipp.hears('Two'), ssh.hears('host')]);
  expect(ipp.told.filter((line) => line.startsWith('+'))).toEqual([
    '+ _ipp._tcp.office.test. 4500 IN PTR One._ipp._tcp.office.test.',
    '+ _ipp._tcp.office.test. 4500 IN PTR Two._ipp._tcp.office.test.',
  ]);
  expect(ssh.told.filter((line) => line.startsWith('+'))).toEqual([
    '+ _ssh._tcp.office.test. 4500 IN PTR host._ssh._tcp.office.test.',
  ]);
});

test('SRV-36: an ordinary query on the session is answered with AA', async () => {
  const { socket } = await server.client();
  const framer = new Framer();
  const answered = new Promise<ReturnType<typeof readMessage>>((resolve) => {
    socket.on('data', (chunk) => {
      for (const message of framer.receive(chunk)) if (message[1] === 77) resolve(readMessage(message));
    });
  });
  const question = {
    name: Name.of('_dns-push-tls._tcp.office.test'),
    type: RecordType.SRV,
    class: RecordClass.IN,
  };
  socket.write(framed(writeQuery(77, question, false, 1232)));
  expect(await answered).toMatchObject({
    isAuthoritative: true,
    rcode: 0,
    answers: [{ type: RecordType.SRV }],
  });
});

test('SRV-38: with its connection a client loses its subscriptions, and a resumed one starts with none', async () => {
  const { listener, zone } = server;
  const first = await server.client();
  const ticket = once(first.socket, 'session');
  first.subscribe('_ipp._tcp.office.test', RecordType.PTR);
  await first.hears('+ ');
  expect([listener.sessionCount, listener.subscriptionCount]).toEqual([1, 1]);
  const [session]: Buffer[] = await ticket;
  first.socket.end();
  await server.emptied();

  const second = await PushSubscriber.connect(listener.port, CERTIFICATE.caPem, { session: session! });
  server.owns(() => second.socket.destroy());
  await second.hears('established');
  expect(second.socket.isSessionReused()).toBe(true);
  expect([listener.sessionCount, listener.subscriptionCount]).toEqual([1, 0]);
  zone.apply([add('_ipp._tcp PTR Two._ipp._tcp')]);
  second.subscribe('_ssh._tcp.office.test', RecordType.PTR);
  await second.hears('accepted');
  expect(second.told).toEqual(['established', 'accepted _ssh._tcp.office.test.']);
});

test('closing sends the clients away, who leave by themselves, and frees the port', async () => {
  const { listener } = server;
  const client = await server.client();
  await client.hears('established');
  const silent = connectTcp(listener.port, '127.0.0.1')
    .on('error', () => undefined)
    .resume();
  await once(silent, 'connect');
  await listener.close();
  await client.hears('closed');
  const [, delayMs] = /asks to stay away for (\d+) ms, NOERROR/.exec(client.told.join('\n')) ?? [];
  expect(Number(delayMs)).toBeGreaterThanOrEqual(DEFAULT_ADMISSION.minDelayMs);
  if (!silent.closed) await once(silent, 'close');
  expect(listener.sessionCount).toBe(0);
});

test('RFC 8490 §6.6.3: clients that are sent away together are to come back one after the other', async () => {
  const clients = [await server.client(), await server.client(), await server.client()];
  for (const client of clients) await client.hears('established');
  await server.listener.close();
  const delaysMs = new Set<string>();
  for (const client of clients) {
    await client.hears('closed');
    delaysMs.add(/asks to stay away for (\d+) ms/.exec(client.told.join('\n'))?.[1] ?? '');
  }
  expect(delaysMs.size).toBe(3);
});

test('a client for which there is no room is sent away for a while, and the next one gets the place that becomes free', async () => {
  const crowded = await PushServer.start('', {
    maxSessions: 1,
    sessionsPerSecond: 10,
    burst: 10,
    minDelayMs: 5_000,
  });
  onTestFinished(() => crowded.stop());
  const first = await crowded.client();
  await first.hears('established');
  const second = await crowded.client();
  await second.hears('closed');
  expect(second.told.join('\n')).toMatch(
    /^established\nthe server asks to stay away for [5-9]\d{3} ms, SERVFAIL/,
  );
  first.socket.destroy();
  await crowded.emptied();
  const third = await crowded.client();
  third.subscribe('_ipp._tcp.office.test', RecordType.PTR);
  await third.hears('accepted');
});

test('clients that do not leave are closed after 400 ms and cut off after 700', async () => {
  const { listener, clock } = server;
  const raw = connectTcp({ port: listener.port, host: '127.0.0.1', allowHalfOpen: true });
  const stubborn = connectTls({ socket: raw, servername: 'push.office.test', ca: CERTIFICATE.caPem });
  await once(stubborn, 'secureConnect');
  server.owns(() => stubborn.destroy());
  stubborn.write(framed(Buffer.from('00013000000000000000000000010008ffffffffffffffff', 'hex')));
  await once(stubborn, 'data');
  const ended = once(stubborn.resume(), 'end');
  const closing = listener.close();
  clock.advance(400);
  await ended; // close_notify has come, and nothing is sent back
  clock.advance(300);
  await closing;
  expect(clock.waiting).toBe(0);
});

test('a push port that is taken is an error in words', async () => {
  const { listener } = server;
  const taken = PushListener.listen({
    port: listener.port,
    certificate: CERTIFICATE,
    clock: new VirtualClock(),
    zones: { isAuthoritative: () => false, matching: () => [], answer: () => undefined },
  });
  await expect(taken).rejects.toThrow(
    `Port ${listener.port} on 127.0.0.1 is taken, so the push server cannot listen there.`,
  );
  await expect(taken).rejects.toBeInstanceOf(DemoStartError);
});
