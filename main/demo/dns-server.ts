import { createSocket } from 'node:dgram';
import type { Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { Framer, framed } from '../../protocol/dso/framer.ts';
import type { Clock } from '../net/clock.ts';
import type { Responder } from './responder.ts';
import { DemoStartError, listenError } from './start-error.ts';

const HOST = '127.0.0.1';
const MAX_CONNECTIONS = 64;
/** A connection on which nothing is asked for this long is ended (RFC 7766 §6.2.3). */
const IDLE_MS = 10_000;
/** A client that lets this much pile up without reading is dropped. */
const MAX_UNREAD_OCTETS = 1 << 20;
/** How often another free port is tried when the one UDP got is taken on TCP. */
const MAX_ATTEMPTS = 20;
const USE = 'the DNS server';

/** A DNS server on loopback: the same port on UDP and TCP, both open as long as the object is. */
export class DnsServer {
  readonly port: number;
  readonly #udp: UdpSocket;
  readonly #tcp: Server;
  readonly #responder: Responder;
  readonly #clock: Clock;
  readonly #connections = new Set<Socket>();
  #closing: Promise<void> | undefined;

  private constructor(port: number, udp: UdpSocket, tcp: Server, responder: Responder, clock: Clock) {
    this.port = port;
    this.#udp = udp;
    this.#tcp = tcp;
    this.#responder = responder;
    this.#clock = clock;
    udp.on('message', (query, from) => {
      const response = responder.respond(query, false);
      // Nobody is told that a datagram could not be sent: they get lost anyway.
      if (response !== undefined) udp.send(response, from.port, from.address, () => undefined);
    });
    tcp.on('connection', (socket) => this.#serve(socket));
  }

  /** Listens on `port` of 127.0.0.1, on a free one when it is 0. A port that is taken is a `DemoStartError`. */
  static async listen(responder: Responder, port: number, clock: Clock): Promise<DnsServer> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const udp = await boundUdp(port);
      try {
        const tcp = await boundTcp(udp.address().port);
        return new DnsServer(udp.address().port, udp, tcp, responder, clock);
      } catch (error) {
        udp.close();
        if (port !== 0 || !(error instanceof DemoStartError)) throw error;
      }
    }
    throw new DemoStartError(`No port on 127.0.0.1 is free on UDP and TCP alike, so ${USE} cannot listen.`);
  }

  /** Stops answering; connections that are open are cut. May be called twice. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    const closed = [once(this.#udp, 'close'), once(this.#tcp, 'close')];
    this.#udp.close();
    this.#tcp.close();
    for (const socket of this.#connections) socket.destroy();
    await Promise.all(closed);
  }

  /** Answers the queries of one connection in the order they come; several may be on their way (RFC 7766 §6.2.1.1). */
  #serve(socket: Socket): void {
    this.#connections.add(socket);
    const framer = new Framer();
    let stopWaiting = this.#waitFor(socket);
    socket.on('data', (chunk) => {
      for (const query of framer.receive(chunk)) {
        const response = this.#responder.respond(query, true);
        if (response === undefined || socket.writableLength > MAX_UNREAD_OCTETS) {
          socket.destroy();
          return;
        }
        socket.write(framed(response));
        stopWaiting();
        stopWaiting = this.#waitFor(socket);
      }
    });
    // A connection that breaks is over; 'close' follows.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      stopWaiting();
      this.#connections.delete(socket);
    });
  }

  #waitFor(socket: Socket): () => void {
    return this.#clock.at(this.#clock.nowMs() + IDLE_MS, () => socket.destroy());
  }
}

async function boundUdp(port: number): Promise<UdpSocket> {
  const socket = createSocket('udp4');
  try {
    socket.bind(port, HOST);
    await once(socket, 'listening');
  } catch (error) {
    socket.close();
    throw listenError(error, port, USE);
  }
  // Errors of single datagrams, such as an unreachable client, concern nobody.
  socket.on('error', () => undefined);
  return socket;
}

async function boundTcp(port: number): Promise<Server> {
  const server = createServer();
  server.maxConnections = MAX_CONNECTIONS;
  try {
    server.listen(port, HOST);
    await once(server, 'listening');
    return server;
  } catch (error) {
    throw listenError(error, port, USE);
  }
}
