import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { Framer, framed } from '../../protocol/dso/framer.ts';
import { readMessage, writeQuery } from '../../protocol/wire/message.ts';
import { Name } from '../../protocol/wire/name.ts';
import { RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { VirtualClock } from '../net/virtual-clock.ts';
import { DnsServer } from './dns-server.ts';
import { Responder } from './responder.ts';
import { DemoStartError } from './start-error.ts';
import { dig } from './testing/programs.ts';
import { zones } from './testing/zone-fixture.ts';

const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const owned of open.splice(0)) await owned.close();
});

/** A server on a free port; 20 texts of 100 octets at "many" do not fit into UDP. */
async function started(port = 0): Promise<{ readonly server: DnsServer; readonly clock: VirtualClock }> {
  const clock = new VirtualClock();
  const many = Array.from({ length: 20 }, (_, at) => `many TXT ${String(at).padStart(99, '.')}`);
  const text = ['host A 192.0.2.1', 'Dr\\.\\032Pepper._ipp._tcp TXT "ty=x"', ...many].join('\n');
  const server = await DnsServer.listen(
    new Responder(zones({ 'office.test.': text }), [], clock),
    port,
    clock,
  );
  open.push(server);
  return { server, clock };
}

function query(id: number, name = 'host.office.test'): Uint8Array {
  return writeQuery(id, { name: Name.of(name), type: RecordType.A, class: RecordClass.IN }, false, 1232);
}

async function connected(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  open.push({ close: () => socket.destroy() });
  return socket;
}

test('dig gets the same records by UDP and by TCP, with AA', async () => {
  const { server } = await started();
  for (const transport of ['+notcp', '+tcp']) {
    const answer = await dig(server.port, transport, 'host.office.test', 'A');
    expect(answer).toMatch(/flags: qr aa[^;]*; QUERY: 1, ANSWER: 1/);
    expect(answer).toMatch(/host\.office\.test\.\s+4500\s+IN\s+A\s+192\.0\.2\.1/);
    expect(answer).toContain('udp: 1232');
  }
});

test('dig sees TC by UDP and comes back by TCP', async () => {
  const { server } = await started();
  expect(await dig(server.port, '+ignore', 'many.office.test', 'TXT')).toMatch(
    /flags: qr aa tc[^;]*; QUERY: 1, ANSWER: 0/,
  );
  const answer = await dig(server.port, 'many.office.test', 'TXT');
  expect(answer).toContain('Truncated, retrying in TCP mode');
  expect(answer).toContain('ANSWER: 20');
});

test('SRV-37: dig finds the SOA in Authority for what is not there, and REFUSED outside the zones', async () => {
  const { server } = await started();
  const nothing = await dig(server.port, 'nobody.office.test', 'SOA');
  expect(nothing).toMatch(/status: NXDOMAIN/);
  expect(nothing).toMatch(/AUTHORITY SECTION:\noffice\.test\.\s+10\s+IN\s+SOA\s/);
  expect(await dig(server.port, 'host.office.test', 'SOA')).toMatch(
    /status: NOERROR[^]*AUTHORITY SECTION:\noffice\.test\.\s+10\s+IN\s+SOA\s/,
  );
  expect(await dig(server.port, 'www.example.com', 'A')).toMatch(/status: REFUSED/);
});

test('dig reads a name with a dot and a space in one label', async () => {
  const { server } = await started();
  expect(await dig(server.port, '+short', String.raw`dr\.\032pepper._ipp._tcp.office.test`, 'TXT')).toBe(
    '"ty=x"\n',
  );
});

test('RFC 7766 §6.2.1.1: queries that come together on one connection, cut anywhere, are answered in order', async () => {
  const { server } = await started();
  const socket = await connected(server.port);
  const stream = Buffer.concat([framed(query(1)), framed(query(2, 'nobody.office.test')), framed(query(3))]);
  socket.write(stream.subarray(0, 1));
  socket.write(stream.subarray(1, 50));
  socket.end(stream.subarray(50));
  const framer = new Framer();
  const answers: string[] = [];
  for await (const chunk of socket) {
    for (const message of framer.receive(chunk as Buffer))
      answers.push(`${readMessage(message).id} ${readMessage(message).rcode}`);
  }
  expect(answers).toEqual(['1 0', '2 3', '3 0']);
});

test('what is no DNS query ends its connection, and only that one', async () => {
  const { server } = await started();
  const [bad, good] = [await connected(server.port), await connected(server.port)];
  bad.resume().write(framed(Buffer.from('GET /')));
  await once(bad, 'close');
  good.write(framed(query(7)));
  const [chunk]: Buffer[] = await once(good, 'data');
  expect(chunk!.readUInt16BE(2)).toBe(7);
});

test('a connection on which nothing is asked is ended after 10 s, later when something was', async () => {
  const { server, clock } = await started();
  const [idle, busy] = [await connected(server.port), await connected(server.port)];
  // Both are served once the second is answered.
  busy.write(framed(query(1)));
  await once(busy, 'data');
  clock.advance(6000);
  busy.write(framed(query(2)));
  await once(busy, 'data');
  clock.advance(4000);
  await once(idle.resume(), 'close');
  busy.write(framed(query(3)));
  await once(busy, 'data');
  expect(busy.closed).toBe(false);
  clock.advance(10_000);
  await once(busy.resume(), 'close');
});

test('a UDP datagram that deserves no answer gets none, and the next is answered', async () => {
  const { server } = await started();
  const client = createSocket('udp4').bind(0, '127.0.0.1');
  open.push({ close: () => client.close() });
  await once(client, 'listening');
  client.send(Buffer.from('short'), server.port, '127.0.0.1');
  client.send(query(9), server.port, '127.0.0.1');
  const [answer]: Buffer[] = await once(client, 'message');
  expect(answer!.readUInt16BE(0)).toBe(9);
});

test('SRV-39: nothing but loopback is listened on', async () => {
  const { server } = await started();
  const elsewhere = connect(server.port, '127.0.0.2');
  const [error]: NodeJS.ErrnoException[] = await once(elsewhere, 'error');
  expect(error!.code).toBe('ECONNREFUSED');
});

test('a port that UDP or TCP has no place on is an error in words', async () => {
  const { server } = await started();
  await expect(started(server.port)).rejects.toThrow(
    `Port ${server.port} on 127.0.0.1 is taken, so the DNS server cannot listen there. Choose another port, or none to have a free one picked.`,
  );
  await expect(started(server.port)).rejects.toBeInstanceOf(DemoStartError);
});

test('closing ends every connection and frees the port', async () => {
  const { server } = await started();
  const socket = await connected(server.port);
  const closed = once(socket.resume(), 'close');
  open.splice(open.indexOf(server), 1);
  await server.close();
  await closed;
  const again = await started(server.port);
  expect(again.server.port).toBe(server.port);
});
