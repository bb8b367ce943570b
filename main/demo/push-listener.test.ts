import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { Framer, framed } from '../../protocol/dso/framer.ts';
import { readMessage, writeQuery } from '../../protocol/wire/message.ts';
import { Name } from '../../protocol/wire/name.ts';
import { RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { VirtualClock } from '../net/virtual-clock.ts';
import { throwAwayCertificate } from './certificate.ts';
import { PushListener } from './push-listener.ts';
import { Responder } from './responder.ts';
import { DemoStartError } from './start-error.ts';
import { PushSubscriber } from './testing/push-subscriber.ts';
import { add, zones } from './testing/zone-fixture.ts';

const CERTIFICATE = throwAwayCertificate(['push.office.test'], ['127.0.0.1'], Date.now());
const TLS_1_1 = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
const open: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

async function started(text = '_ipp._tcp PTR One._ipp._tcp') {
  const clock = new VirtualClock();
  const store = zones({ 'office.test.': text });
  const responder = new Responder(store, [], clock);
  const listener = await PushListener.listen({
    port: 0,
    certificate: CERTIFICATE,
    clock,
    zones: {
      isAuthoritative: (name) => store.isAuthoritative(name),
      matching: (question) => store.matching(question),
      answer: (query) => responder.respond(query, true),
    },
  });
  store.onChange((changes) => listener.publish(changes));
  let closed = false;
  open.push(async () => {
    if (closed) return;
    const closing = listener.close();
    clock.advance(1000);
    await closing;
  });
  const close = (): Promise<void> => {
    closed = true;
    return listener.close();
  };
  return { listener, store, clock, close };
}

async function subscriber(listener: PushListener): Promise<PushSubscriber> {
  const client = await PushSubscriber.connect(listener.port, CERTIFICATE.caPem);
  open.push(() => client.socket.destroy());
  return client;
}

/** Resolves with the error that a TLS client fails with, or with the protocol it speaks. */
async function handshake(port: number, options: object): Promise<string> {
  const socket = connectTls({
    port,
    host: '127.0.0.1',
    servername: 'push.office.test',
    ca: CERTIFICATE.caPem,
    ...options,
  });
  open.push(() => socket.destroy());
  return new Promise((resolve) => {
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.on('secureConnect', () => resolve(`${socket.getProtocol()} ${String(socket.alpnProtocol)}`));
  });
}

test('SRV-01: plain octets on the push port are closed without an answer in the clear, and the next client is served', async () => {
  const { listener } = await started();
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
  const client = await subscriber(listener);
  await client.hears('established');
});

test('SRV-02: session tickets allow no early data', async () => {
  const { listener } = await started();
  const socket = connectTls({
    port: listener.port,
    host: '127.0.0.1',
    servername: 'push.office.test',
    ca: CERTIFICATE.caPem,
  });
  open.push(() => socket.destroy());
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
  const { listener } = await started();
  expect(await handshake(listener.port, options)).toBe(outcome);
});

test('a change to a zone is pushed to who subscribed to it, and to nobody else', async () => {
  const { listener, store } = await started();
  const [ipp, ssh] = [await subscriber(listener), await subscriber(listener)];
  ipp.subscribe('_ipp._tcp.office.test', RecordType.PTR);
  ssh.subscribe('_ssh._tcp.office.test', RecordType.PTR);
  await Promise.all([ipp.hears('accepted'), ssh.hears('accepted'), ipp.hears('+ ')]);
  store.all[0]!.apply([add('_ipp._tcp PTR Two._ipp._tcp')]);
  store.all[0]!.apply([add('_ssh._tcp PTR host._ssh._tcp')]);
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
  const { listener } = await started('_dns-push-tls._tcp SRV 0 0 1 push');
  const { socket } = await subscriber(listener);
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
  const { listener, store } = await started();
  const first = await subscriber(listener);
  const ticket = once(first.socket, 'session');
  first.subscribe('_ipp._tcp.office.test', RecordType.PTR);
  await first.hears('+ ');
  expect([listener.sessionCount, listener.subscriptionCount]).toEqual([1, 1]);
  const [session]: Buffer[] = await ticket;
  first.socket.end();
  await first.hears('closed');

  const second = await PushSubscriber.connect(listener.port, CERTIFICATE.caPem, { session: session! });
  open.push(() => second.socket.destroy());
  await second.hears('established');
  expect(second.socket.isSessionReused()).toBe(true);
  expect([listener.sessionCount, listener.subscriptionCount]).toEqual([1, 0]);
  store.all[0]!.apply([add('_ipp._tcp PTR Two._ipp._tcp')]);
  second.subscribe('_ssh._tcp.office.test', RecordType.PTR);
  await second.hears('accepted');
  expect(second.told).toEqual(['established', 'accepted _ssh._tcp.office.test.']);
});

test('RFC 8490 §5.3: a client that breaks a rule is cut off with RST', async () => {
  const { listener } = await started();
  const { socket } = await subscriber(listener);
  const reset = once(socket, 'error').catch((error: unknown) => [error]);
  // Keepalive with ID 0 from a client (RFC 8490 §7.1).
  socket.write(framed(Buffer.from('000030000000000000000000000100080000000000000000', 'hex')));
  const [error]: NodeJS.ErrnoException[] = await reset;
  expect(error!.code).toBe('ECONNRESET');
});

test('a session has one timer, and none is left when it ends', async () => {
  const { listener, clock } = await started();
  const client = await subscriber(listener);
  await client.hears('established');
  expect(clock.waiting).toBe(1);
  client.socket.end();
  await client.hears('closed');
  expect([listener.sessionCount, clock.waiting]).toEqual([0, 0]);
});

test('RFC 8490 §6.4.1: a client that is idle for twice the timeout is cut off', async () => {
  const { listener, clock } = await started();
  const client = await subscriber(listener);
  await client.hears('established');
  clock.advance(29_999);
  expect(listener.sessionCount).toBe(1);
  clock.advance(1);
  await client.hears('closed');
});

test('a client that does not read is cut off when 8 MiB wait for it', async () => {
  const { listener, store } = await started();
  const client = await subscriber(listener);
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
    store.all[0]!.apply(texts);
    store.all[0]!.apply(gone);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(listener.sessionCount).toBe(0);
  client.socket.resume();
  await reset;
});

test('closing sends the clients away, who leave by themselves, and frees the port', async () => {
  const { listener, close } = await started();
  const client = await subscriber(listener);
  await client.hears('established');
  const silent = connectTcp(listener.port, '127.0.0.1')
    .on('error', () => undefined)
    .resume();
  await once(silent, 'connect');
  await close();
  await client.hears('closed');
  expect(client.told.join('\n')).toContain('asks to stay away for 10000 ms');
  if (!silent.closed) await once(silent, 'close');
  expect(listener.sessionCount).toBe(0);
});

test('clients that do not leave are closed after 400 ms and cut off after 700', async () => {
  const { listener, clock, close } = await started();
  const stubborn = connectTls({
    port: listener.port,
    host: '127.0.0.1',
    servername: 'push.office.test',
    ca: CERTIFICATE.caPem,
    allowHalfOpen: true,
  });
  await once(stubborn, 'secureConnect');
  open.push(() => stubborn.destroy());
  stubborn.write(framed(Buffer.from('00013000000000000000000000010008ffffffffffffffff', 'hex')));
  await once(stubborn, 'data');
  const ended = once(stubborn.resume(), 'end');
  const closing = close();
  clock.advance(400);
  await ended; // close_notify has come, and nothing is sent back
  clock.advance(300);
  await closing;
  expect(clock.waiting).toBe(0);
});

test('a push port that is taken is an error in words', async () => {
  const { listener } = await started();
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
