import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { SessionOutput } from '../../protocol/dso/session-output.ts';
import { unreachable } from '../../protocol/errors.ts';
import type { Change } from '../../protocol/push/change.ts';
import type { PushServerSession } from '../../protocol/push/server.ts';
import { Rcode } from '../../protocol/wire/registry.ts';
import type { Clock } from '../net/clock.ts';
import { resetConnection } from '../net/tcp-reset.ts';

/** A client that lets this much pile up without reading is cut off, or it would take all the memory. */
const MAX_UNREAD_OCTETS = 8 << 20;
/** How long the client may take to close its half of a connection that was closed gracefully. */
const CLOSE_GRACE_MS = 5000;

/** The session that a connection drives: an honest one, or one that misbehaves. */
export type PushSession = Pick<
  PushServerSession,
  'subscriptionCount' | 'deadlineMs' | 'receive' | 'tick' | 'publish' | 'shutdown'
>;

/** Drives one push session: owns its socket and its one timer, and performs what the session wants in order. */
export class PushConnection {
  readonly #socket: TLSSocket;
  readonly #raw: Socket;
  readonly #clock: Clock;
  readonly #session: PushSession;
  #isOver = false;
  #wait: { readonly deadlineMs: number; readonly stop: () => void } | undefined;

  /** `socket` has finished its handshake; `raw` is the TCP socket under it, without which there is no RST (RFC 8490 §5.3). */
  constructor(socket: TLSSocket, raw: Socket, session: PushSession, clock: Clock) {
    this.#socket = socket;
    this.#raw = raw;
    this.#clock = clock;
    this.#session = session;
    socket.on('data', (chunk) => this.#perform(this.#session.receive(chunk, clock.nowMs())));
    // A connection that breaks is over; 'close' follows.
    socket.on('error', () => undefined);
    socket.on('close', () => this.#ended());
    this.#waitUntil(this.#session.deadlineMs);
  }

  /** How many subscriptions are live. */
  get subscriptionCount(): number {
    return this.#session.subscriptionCount;
  }

  /** Tells the client of those changes that it subscribed to. */
  publish(changes: readonly Change[]): void {
    this.#perform(this.#session.publish(changes, this.#clock.nowMs()));
  }

  /** Asks the client to close and to stay away for a while (RFC 8490 §6.6.1). */
  sendAway(retryDelayMs: number): void {
    this.#perform(this.#session.shutdown({ retryDelayMs, rcode: Rcode.NOERROR }, this.#clock.nowMs()));
  }

  /** Closes so that what is under way arrives: close_notify, then FIN. May be called twice. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#socket.end();
    this.#waitUntil(this.#clock.nowMs() + CLOSE_GRACE_MS);
  }

  /** Cuts the connection: RST. May be called twice. */
  abort(): void {
    this.#ended();
    resetConnection({ raw: this.#raw, tls: this.#socket });
  }

  #perform(outputs: readonly SessionOutput[]): void {
    // What one event makes leaves in one TLS record.
    this.#socket.cork();
    for (const output of outputs) {
      if (this.#isOver) break;
      this.#output(output);
    }
    this.#socket.uncork();
    if (this.#isOver) return;
    if (this.#socket.writableLength > MAX_UNREAD_OCTETS) this.abort();
    else this.#waitUntil(this.#session.deadlineMs);
  }

  #output(output: SessionOutput): void {
    switch (output.kind) {
      case 'send':
        this.#socket.write(output.bytes);
        return;
      case 'close':
        if (output.how === 'graceful') this.end();
        else this.abort();
        return;
      default:
        unreachable(output);
    }
  }

  #waitUntil(deadlineMs: number | undefined): void {
    if (this.#wait?.deadlineMs === deadlineMs) return;
    this.#wait?.stop();
    this.#wait = undefined;
    if (deadlineMs !== undefined)
      this.#wait = { deadlineMs, stop: this.#clock.at(deadlineMs, () => this.#due()) };
  }

  #due(): void {
    this.#wait = undefined;
    if (this.#isOver) this.abort();
    else this.#perform(this.#session.tick(this.#clock.nowMs()));
  }

  #ended(): void {
    this.#isOver = true;
    this.#waitUntil(undefined);
  }
}
