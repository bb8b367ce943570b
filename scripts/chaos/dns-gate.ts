import { createSocket } from 'node:dgram';
import type { RemoteInfo, Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { framed, Framer } from '../../protocol/dso/framer.ts';
import type { Random } from '../../protocol/testing/fuzz/random.ts';
import { Rcode } from '../../protocol/wire/registry.ts';

const HOST = '127.0.0.1';
/** How often another port is tried when the one that UDP got is taken on TCP. */
const MAX_ATTEMPTS = 20;

/**
 * What becomes of answers. `lossy`: every other is lost, and `silent`: all are. `late`: they take 2 to 3 s, so that the question was
 * asked again. `twice`: each comes twice. `truncated`: over UDP none fits. `servfail`: all say SERVFAIL. `forged`: one with
 * another ID comes first. `no-tcp`: truncated, and TCP connections are cut.
 */
export const DNS_WEATHERS = [
  'lossy',
  'silent',
  'late',
  'twice',
  'truncated',
  'servfail',
  'forged',
  'no-tcp',
] as const;
export type DnsWeather = 'clear' | (typeof DNS_WEATHERS)[number];

/** A port of its own, UDP and TCP, in front of a DNS server's. */
export class DnsGate {
  readonly port: number;
  weather: DnsWeather = 'clear';
  readonly #udp: UdpSocket;
  readonly #tcp: Server;
  readonly #upstream = createSocket('udp4');
  readonly #behind: number;
  readonly #random: Random;
  /** Who asked, by the ID that the question went on with. */
  readonly #askers = new Map<number, { readonly id: number; readonly from: RemoteInfo }>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #connections = new Set<Socket>();
  #lastId = 0;

  private constructor(udp: UdpSocket, tcp: Server, behind: number, random: Random) {
    this.port = udp.address().port;
    this.#udp = udp;
    this.#tcp = tcp;
    this.#behind = behind;
    this.#random = random;
    udp.on('message', (query, from) => this.#ask(query, from));
    udp.on('error', () => undefined);
    this.#upstream.on('message', (answer) => this.#answer(answer));
    tcp.on('connection', (client) => this.#serve(client));
  }

  /** Opens a gate in front of a port of loopback. */
  static async open(behind: number, random: Random): Promise<DnsGate> {
    for (let attempt = 1; ; attempt++) {
      const udp = createSocket('udp4');
      udp.bind(0, HOST);
      await once(udp, 'listening');
      const tcp = createServer();
      try {
        tcp.listen(udp.address().port, HOST);
        await once(tcp, 'listening');
        return new DnsGate(udp, tcp, behind, random);
      } catch (error) {
        udp.close();
        if (attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    const closed = [once(this.#udp, 'close'), once(this.#upstream, 'close'), once(this.#tcp, 'close')];
    this.#udp.close();
    this.#upstream.close();
    this.#tcp.close();
    for (const socket of this.#connections) socket.destroy();
    await Promise.all(closed);
  }

  #ask(query: Buffer, from: RemoteInfo): void {
    if (query.length < 2) return;
    this.#lastId = (this.#lastId + 1) & 0xffff;
    this.#askers.set(this.#lastId, { id: query.readUInt16BE(0), from });
    this.#upstream.send(withId(query, this.#lastId), this.#behind, HOST);
  }

  #answer(answer: Buffer): void {
    const asker = this.#askers.get(answer.readUInt16BE(0));
    this.#askers.delete(answer.readUInt16BE(0));
    if (asker === undefined) return;
    const own = withId(answer, asker.id);
    const send = (octets: Uint8Array): void =>
      this.#udp.send(octets, asker.from.port, asker.from.address, () => undefined);
    switch (this.weather) {
      case 'clear':
        send(own);
        return;
      case 'lossy':
        if (this.#random.oneIn(2)) send(own);
        return;
      case 'silent':
        return;
      case 'late':
        this.#later(2_000 + this.#random.below(1_000), () => send(own));
        return;
      case 'twice':
        send(own);
        send(own);
        return;
      case 'truncated':
      case 'no-tcp':
        send(truncated(own));
        return;
      case 'servfail':
        send(servfail(own));
        return;
      case 'forged':
        send(withId(servfail(own), asker.id ^ (1 << this.#random.below(16))));
        this.#later(20, () => send(own));
        return;
    }
  }

  #serve(client: Socket): void {
    if (this.weather === 'no-tcp') {
      client.on('error', () => undefined);
      client.resetAndDestroy();
      return;
    }
    const server = connect(this.#behind, HOST);
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#connections.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#connections.delete(socket);
        other.destroy();
      });
    }
    const framer = new Framer();
    client.on('data', (octets) => server.write(octets));
    server.on('data', (octets: Buffer) => {
      for (const answer of framer.receive(octets))
        client.write(framed(this.weather === 'servfail' ? servfail(answer) : answer));
    });
  }

  #later(ms: number, task: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      task();
    }, ms);
    this.#timers.add(timer);
  }
}

function withId(message: Uint8Array, id: number): Uint8Array {
  return message.with(0, id >>> 8).with(1, id & 0xff);
}

/** The same message as an error, with its question and nothing else (RFC 1035 §4.1.1). */
function servfail(message: Uint8Array): Uint8Array {
  return headless(message).with(3, (message[3]! & 0xf0) | Rcode.SERVFAIL);
}

/** The same message without its records, and with TC. */
function truncated(message: Uint8Array): Uint8Array {
  return headless(message).with(2, message[2]! | 0x02);
}

/** A message of one question cut behind it; the counts of records are 0. */
function headless(message: Uint8Array): Uint8Array {
  let end = 12;
  while (message[end] !== 0) end += message[end]! + 1;
  const cut = new Uint8Array(message.subarray(0, end + 5));
  cut.fill(0, 6, 12);
  return cut;
}
