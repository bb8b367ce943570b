import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import type { TLSSocket, Server as TlsServer } from 'node:tls';
import type { Demo } from './demo.ts';
import { PUSH_IDENTITY } from './identity.ts';

/** What was seen of one connection of a client. */
export interface Seen {
  /**
   * The types of the records that the client sent, in order, and `FIN` or `RST` where that came: 22 handshake, 20 change of
   * cipher, 23 data, 21 alert. TLS 1.2 shows them on the wire (RFC 5246 §6.2.1).
   */
  readonly wire: readonly (number | 'FIN' | 'RST')[];
  /** What the server's TLS socket told, in order: `secure`, `end`, `close`, or the code of an error. */
  readonly tls: readonly string[];
  /** Resolves when nothing more can come from the client. */
  readonly over: Promise<void>;
  /** Resolves with the moment, by `performance.now()`, at which the client's close_notify was on the wire. */
  readonly closeNotifyMs: Promise<number>;
}

/** The type of a record that holds an alert: close_notify, or what went wrong (RFC 5246 §6.2.1). */
const ALERT = 21;

/**
 * Stands between clients and the demo network's push server: a TLS server of its own, which hands everything on, and in
 * front of it an ear on the wire. It speaks TLS 1.2 alone, so that the ear can tell records apart.
 */
export class PushRelay {
  readonly port: number;
  readonly #servers: readonly Server[];
  readonly #clients = new Set<Socket>();
  readonly #sockets = new Set<Socket>();
  readonly #connections: Seen[] = [];
  readonly #demo: Demo;

  private constructor(demo: Demo, ear: Server, tls: TlsServer) {
    this.#demo = demo;
    this.#servers = [ear, tls];
    this.port = portOf(ear);
    /** What the TLS server tells of a connection goes to the one that the ear made for it, found by its port. */
    const tellers = new Map<number, (told: string) => void>();
    ear.on('connection', (client) => this.#listen(client, portOf(tls), tellers));
    tls.on('secureConnection', (socket) => this.#handOn(socket, tellers.get(socket.remotePort ?? 0)));
    tls.on('tlsClientError', (_error, socket) => socket.destroy());
  }

  /** Starts it in front of the demo network and leads the clients of these zones to it. */
  static async start(demo: Demo, ...zones: readonly string[]): Promise<PushRelay> {
    const ear = createServer({ allowHalfOpen: true });
    const tls = createTlsServer({ ...PUSH_IDENTITY, ALPNProtocols: ['dot'], maxVersion: 'TLSv1.2' });
    for (const server of [ear, tls]) {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    }
    const relay = new PushRelay(demo, ear, tls);
    for (const zone of zones) await demo.movePush(zone, relay.port);
    return relay;
  }

  /** Every connection so far, in the order they came. */
  get connections(): readonly Seen[] {
    return this.#connections;
  }

  /** The connection of this number, from 0, once there is one. */
  async connection(number: number): Promise<Seen> {
    while (this.#connections[number] === undefined) await once(this.#servers[0]!, 'connection');
    return this.#connections[number];
  }

  /** How many clients are connected now. */
  get clients(): number {
    return this.#clients.size;
  }

  /** Cuts every client off: RST. */
  cut(): void {
    for (const client of this.#clients) client.resetAndDestroy();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(this.#servers.map((server) => (server.close(), once(server, 'close'))));
  }

  #listen(client: Socket, tlsPort: number, tellers: Map<number, (told: string) => void>): void {
    const wire: (number | 'FIN' | 'RST')[] = [];
    const tls: string[] = [];
    const over = new Promise<void>((resolve) => client.once('close', () => resolve()));
    let heardCloseNotify: (atMs: number) => void = () => undefined;
    const closeNotifyMs = new Promise<number>((resolve) => (heardCloseNotify = resolve));
    this.#connections.push({ wire, tls, over, closeNotifyMs });
    const server = this.#owned(connect(tlsPort, '127.0.0.1'));
    this.#owned(client);
    this.#clients.add(client);
    server.once('connect', () => tellers.set(server.localPort!, (told) => tls.push(told)));
    const read = recordTypes();
    client.on('data', (chunk) => {
      const types = read(chunk);
      wire.push(...types);
      if (types.includes(ALERT)) heardCloseNotify(performance.now());
      server.write(chunk);
    });
    client.on('end', () => {
      wire.push('FIN');
      server.end();
    });
    client.on('error', () => wire.push('RST'));
    client.on('close', () => {
      this.#clients.delete(client);
      server.destroy();
    });
    server.on('data', (chunk) => client.write(chunk));
    server.on('end', () => client.end());
    server.on('error', () => client.destroy());
  }

  #handOn(client: TLSSocket, tell: (told: string) => void = () => undefined): void {
    const { pushPort, caPem, target } = this.#demo.network;
    const options = {
      port: pushPort,
      host: '127.0.0.1',
      servername: target,
      ca: caPem,
      ALPNProtocols: ['dot'],
    };
    const server = connectTls(options);
    this.#owned(server);
    tell('secure');
    client.on('data', (chunk) => server.write(chunk));
    client.on('end', () => {
      tell('end');
      server.end();
    });
    client.on('error', (error: NodeJS.ErrnoException) => tell(error.code ?? error.message));
    client.on('close', () => {
      tell('close');
      server.destroy();
    });
    server.on('data', (chunk) => client.write(chunk));
    server.on('end', () => client.end());
    server.on('error', () => client.destroy());
  }

  #owned<Kind extends Socket>(socket: Kind): Kind {
    this.#sockets.add(socket);
    socket.on('error', () => undefined); // it is over; 'close' follows
    socket.on('close', () => this.#sockets.delete(socket));
    return socket;
  }
}

/** Reads a stream of TLS records, `type u8 | version u16 | length u16 | fragment`, whatever its cuts. */
function recordTypes(): (chunk: Buffer) => readonly number[] {
  let unread = Buffer.alloc(0);
  return (chunk) => {
    const types: number[] = [];
    unread = Buffer.concat([unread, chunk]);
    while (unread.length >= 5 && unread.length >= 5 + unread.readUInt16BE(3)) {
      types.push(unread[0]!);
      unread = unread.subarray(5 + unread.readUInt16BE(3));
    }
    return types;
  };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
