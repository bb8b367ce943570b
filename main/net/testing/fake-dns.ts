import type { RemoteInfo, Socket } from 'node:dgram';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo, Server, Socket as TcpSocket } from 'node:net';
import { createServer } from 'node:net';
import type { DnsMessage } from '../../../protocol/wire/message.ts';
import { readMessage, writeMessage } from '../../../protocol/wire/message.ts';
import type { Endpoint } from '../endpoint.ts';

/** A query as the server got it. */
export interface Received {
  readonly query: DnsMessage;
  readonly over: 'udp' | 'tcp';
  /** Where it came from. */
  readonly from: { readonly address: string; readonly port: number };
  /** Sends octets back; over TCP with their length in front. */
  readonly send: (bytes: Uint8Array) => void;
  /** Answers the query with some parts given; everything else is echoed or empty. */
  readonly answer: (parts?: Partial<DnsMessage>) => void;
}

/**
 * A name server on loopback, UDP and TCP on one port, that answers only what the test tells it to: query by query, as the test takes
 * them, or by itself with what it was started with.
 */
export class FakeDns {
  readonly endpoint: Endpoint;
  /** All queries so far. */
  readonly received: Received[] = [];
  readonly #udp: Socket;
  readonly #tcp: Server;
  readonly #connections = new Set<TcpSocket>();
  readonly #waiting: ((received: Received) => void)[] = [];
  readonly #serve: ((received: Received) => void) | undefined;
  #taken = 0;

  private constructor(udp: Socket, tcp: Server, serve: ((received: Received) => void) | undefined) {
    this.#serve = serve;
    this.#udp = udp;
    this.#tcp = tcp;
    this.endpoint = { host: '127.0.0.1', port: udp.address().port };
    udp.on('message', (bytes, from) =>
      this.#take(bytes, 'udp', from, (reply) => udp.send(reply, from.port, from.address)),
    );
    tcp.on('connection', (socket) => this.#accept(socket));
  }

  /** Starts it; with `serve` it hands every query to that and keeps none. */
  static async start(serve?: (received: Received) => void): Promise<FakeDns> {
    for (;;) {
      const tcp = createServer();
      tcp.listen(0, '127.0.0.1');
      await once(tcp, 'listening');
      const udp = createSocket('udp4');
      udp.bind((tcp.address() as AddressInfo).port, '127.0.0.1');
      const isBound = await once(udp, 'listening').then(
        () => true,
        () => false,
      );
      if (isBound) return new FakeDns(udp, tcp, serve);
      tcp.close();
      udp.close();
    }
  }

  /** The next query that was not taken yet. */
  next(): Promise<Received> {
    const received = this.received[this.#taken++];
    return received === undefined
      ? new Promise((resolve) => this.#waiting.push(resolve))
      : Promise.resolve(received);
  }

  /** The same for several. */
  async take(count: number): Promise<readonly Received[]> {
    const taken: Received[] = [];
    while (taken.length < count) taken.push(await this.next());
    return taken;
  }

  async close(): Promise<void> {
    for (const socket of this.#connections) socket.destroy();
    this.#udp.close();
    this.#tcp.close();
    await once(this.#tcp, 'close');
  }

  #accept(socket: TcpSocket): void {
    this.#connections.add(socket);
    socket.on('close', () => this.#connections.delete(socket));
    socket.on('error', () => socket.destroy());
    let unread = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      unread = Buffer.concat([unread, chunk]);
      while (unread.length >= 2 && unread.length >= 2 + unread.readUInt16BE()) {
        const frame = unread.subarray(2, 2 + unread.readUInt16BE());
        unread = unread.subarray(2 + frame.length);
        const from = { address: socket.remoteAddress!, port: socket.remotePort! };
        this.#take(frame, 'tcp', from, (reply) => socket.write(framed(reply)));
      }
    });
  }

  #take(
    bytes: Uint8Array,
    over: 'udp' | 'tcp',
    from: Pick<RemoteInfo, 'address' | 'port'>,
    send: Received['send'],
  ): void {
    const query = readMessage(bytes);
    const answer = (parts: Partial<DnsMessage> = {}): void =>
      send(writeMessage({ ...query, isResponse: true, isAuthenticData: false, additionals: [], ...parts }));
    const received = { query, over, from: { address: from.address, port: from.port }, send, answer };
    if (this.#serve !== undefined) {
      this.#serve(received);
      return;
    }
    this.received.push(received);
    this.#waiting.shift()?.(received);
  }
}

function framed(message: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.of(message.length >>> 8, message.length & 0xff), message]);
}
