import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Server as TlsServer, TLSSocket } from 'node:tls';
import type { AdmissionLimits } from '../../protocol/push/admission.ts';
import { Admission, DEFAULT_ADMISSION } from '../../protocol/push/admission.ts';
import type { Change } from '../../protocol/push/change.ts';
import { DEFAULT_SERVER_OPTIONS, PushServerSession } from '../../protocol/push/server.ts';
import type { PushZones } from '../../protocol/push/server.ts';
import type { Clock } from '../net/clock.ts';
import type { Random } from '../net/random.ts';
import { cryptoRandom } from '../net/random.ts';
import type { ServerCertificate } from './certificate.ts';
import type { Misbehaviour } from './misbehaviour.ts';
import { MisbehavingSession, played } from './misbehaviour-session.ts';
import { PushConnection } from './push-connection.ts';
import type { PushSession } from './push-connection.ts';
import { listenError } from './start-error.ts';

const HOST = '127.0.0.1';
/** For each session that may be: connections in the middle of their handshake, or of being sent away, count too. */
const CONNECTIONS_PER_SESSION = 2;
const HANDSHAKE_TIMEOUT_MS = 10_000;
/** How long clients have to leave by themselves when the server stops, and to take their leave when it closes. */
const LEAVE_MS = 400;
const CLOSE_MS = 300;

/** What a push listener serves, and how. */
export interface PushListenerOptions {
  /** 0 for a free one. */
  readonly port: number;
  readonly certificate: ServerCertificate;
  readonly zones: PushZones;
  readonly clock: Clock;
  /** Whom it lets in, and how long it sends the others away. */
  readonly admission?: AdmissionLimits | undefined;
  /** For the delays: `cryptoRandom` unless given. */
  readonly random?: Random | undefined;
  /** A rule to break in every session, for tests of clients. */
  readonly misbehaviour?: Misbehaviour | undefined;
  /** TLS 1.2 shows on the wire which records are alerts; without it, 1.3 is offered too. */
  readonly maxVersion?: 'TLSv1.2' | undefined;
}

/** The push server's sockets: TLS 1.2 and 1.3 on loopback and nothing else (RFC 8765 §5, §7), one `PushConnection` each. */
export class PushListener {
  readonly port: number;
  readonly #options: PushListenerOptions;
  readonly #tcp: Server;
  readonly #tls: TlsServer;
  /** TCP sockets in the middle of the handshake, by the client's port. */
  readonly #handshakes = new Map<number, Socket>();
  readonly #connections = new Set<PushConnection>();
  readonly #admission: Admission;
  #closing: Promise<void> | undefined;

  private constructor(tcp: Server, port: number, options: PushListenerOptions) {
    this.port = port;
    this.#options = options;
    this.#tcp = tcp;
    this.#admission = new Admission(options.admission ?? DEFAULT_ADMISSION, options.random ?? cryptoRandom);
    this.#tls = createTlsServer({
      key: options.certificate.keyPem,
      cert: options.certificate.certPem,
      minVersion: 'TLSv1.2',
      maxVersion: options.maxVersion ?? 'TLSv1.3',
      ALPNProtocols: ['dot'], // RFC 7858 §3.1; a client that offers none is as welcome
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    });
    this.#tls.on('secureConnection', (socket) => this.#secured(socket));
    // A handshake that fails (octets that are no TLS, a client that distrusts us) ends its connection, and nothing else.
    this.#tls.on('tlsClientError', (_error, socket) => socket.destroy());
    tcp.on('connection', (raw) => this.#connected(raw));
  }

  /** Listens on `options.port` of 127.0.0.1. A port that is taken is a `DemoStartError`. */
  static async listen(options: PushListenerOptions): Promise<PushListener> {
    const tcp = createServer();
    tcp.maxConnections = CONNECTIONS_PER_SESSION * (options.admission ?? DEFAULT_ADMISSION).maxSessions;
    try {
      tcp.listen(options.port, HOST);
      await once(tcp, 'listening');
    } catch (error) {
      throw listenError(error, options.port, 'the push server');
    }
    const address = tcp.address();
    if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
    return new PushListener(tcp, address.port, options);
  }

  /** How many clients are connected and secured. */
  get sessionCount(): number {
    return this.#connections.size;
  }

  /** How many subscriptions are live, of all clients together. */
  get subscriptionCount(): number {
    return [...this.#connections].reduce((sum, connection) => sum + connection.subscriptionCount, 0);
  }

  /** Tells every client of those changes that it subscribed to. */
  publish(changes: readonly Change[]): void {
    for (const connection of this.#connections) connection.publish(changes);
  }

  /**
   * Sends every client away, each for another while, and waits until they have left: 400 ms by themselves, 300 ms more after close_notify, and
   * then they are cut off. Nobody is let in any more. May be called twice.
   */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    const { clock } = this.#options;
    const closed = once(this.#tcp, 'close');
    this.#tcp.close();
    for (const raw of [...this.#handshakes.values()]) raw.destroy();
    for (const connection of [...this.#connections])
      connection.sendAway(this.#admission.delayMs(clock.nowMs()));
    const stopEnd = clock.at(clock.nowMs() + LEAVE_MS, () => {
      for (const connection of [...this.#connections]) connection.end();
    });
    const stopAbort = clock.at(clock.nowMs() + LEAVE_MS + CLOSE_MS, () => {
      for (const connection of [...this.#connections]) connection.abort();
    });
    await closed;
    stopEnd();
    stopAbort();
  }

  #connected(raw: Socket): void {
    const { remotePort } = raw;
    if (remotePort === undefined) {
      raw.destroy();
      return;
    }
    this.#handshakes.set(remotePort, raw);
    raw.on('close', () => {
      if (this.#handshakes.get(remotePort) === raw) this.#handshakes.delete(remotePort);
    });
    if (this.#options.misbehaviour?.at === 'handshake') misbehaveInTheClear(raw, this.#options.misbehaviour);
    else this.#tls.emit('connection', raw);
  }

  #secured(socket: TLSSocket): void {
    const remotePort = socket.remotePort ?? 0;
    const raw = this.#handshakes.get(remotePort);
    this.#handshakes.delete(remotePort);
    if (raw === undefined) {
      socket.destroy();
      return;
    }
    const turnAwayMs = this.#admission.arrived(this.#options.clock.nowMs());
    const connection = new PushConnection(socket, raw, this.#session(turnAwayMs), this.#options.clock);
    this.#connections.add(connection);
    socket.on('close', () => {
      this.#connections.delete(connection);
      if (turnAwayMs === undefined) this.#admission.left();
    });
  }

  #session(turnAwayMs: number | undefined): PushSession {
    const { zones, clock, misbehaviour } = this.#options;
    const options = { ...DEFAULT_SERVER_OPTIONS, turnAwayMs };
    const honest = new PushServerSession(zones, options, clock.nowMs());
    return misbehaviour === undefined ? honest : new MisbehavingSession(honest, misbehaviour, clock.nowMs());
  }
}

/** Waits for the client's first octets, sends the script as it stands, and ends. */
function misbehaveInTheClear(raw: Socket, { script }: Misbehaviour): void {
  raw.on('error', () => undefined); // the client may have had enough
  raw.once('data', () => {
    for (const output of played(script)) if (output.kind === 'send') raw.write(output.bytes);
    raw.end();
  });
}
