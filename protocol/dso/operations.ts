import { ProtocolError } from '../errors.ts';
import { Rcode } from '../wire/registry.ts';
import { MessageIds } from './message-ids.ts';

/**
 * An operation that this end started. `keepalive` is a Keepalive request, which is no activity (RFC 8490 §6.4.1);
 * `pending` awaits its response; `live` was answered NOERROR and goes on; `abandoned` was given up before its response,
 * which is still owed and will be absorbed.
 */
export type Operation =
  | ({ readonly kind: 'keepalive' } & AwaitedKeepalive)
  | { readonly kind: 'pending'; readonly isLongLived: boolean }
  | { readonly kind: 'live' }
  | { readonly kind: 'abandoned' };

/** A Keepalive request whose response is awaited, until then at most. A probe is one whose silence is no fault of the peer. */
export interface AwaitedKeepalive {
  readonly untilMs: number;
  readonly isProbe: boolean;
}

/** A response to a message that may have none: its MESSAGE ID is 0, as that of a unidirectional message is (RFC 8490 §5.4.1). */
export class AnsweredNotice extends ProtocolError {
  constructor() {
    super('RFC 8490 §5.4.1', 'a response has MESSAGE ID 0');
  }
}

/** What a response did to the operation that its MESSAGE ID names. */
export type Answer =
  /** It answered a Keepalive. */
  | 'keepalive'
  /** It answered a pending request. */
  | 'response'
  /** It ended a live operation (RFC 8490 §5.6). */
  | 'cancelled'
  /** It was owed to an operation that is given up, or came too late to matter. */
  | 'absorbed';

/** The operations of one end by MESSAGE ID. An ID is in use while its operation is (RFC 8490 §5.4.1). */
export class Operations {
  readonly #ids = new MessageIds();
  readonly #operations = new Map<number, Operation>();
  #keepalive: ({ readonly id: number } & AwaitedKeepalive) | undefined;

  /** How many are in progress and hold the inactivity timer; a Keepalive does not. */
  get active(): number {
    return this.#operations.size - (this.#keepalive === undefined ? 0 : 1);
  }

  /** The Keepalive that awaits its response. */
  get keepalive(): AwaitedKeepalive | undefined {
    return this.#keepalive;
  }

  /** Whether a Keepalive of ours awaits its response under this ID. */
  isKeepalive(id: number): boolean {
    return this.#keepalive?.id === id;
  }

  /** Starts an operation; undefined when no MESSAGE ID is free. */
  start(operation: Operation, nowMs: number): number | undefined {
    const id = this.#ids.take(nowMs);
    if (id === undefined) return undefined;
    this.#operations.set(id, operation);
    if (operation.kind === 'keepalive') this.#keepalive = { ...operation, id };
    return id;
  }

  /** Makes a probe, due at `untilMs`, of the Keepalive that awaits its response. Whether there is one. */
  hurry(untilMs: number): boolean {
    if (this.#keepalive === undefined) return false;
    const dueMs = Math.min(untilMs, this.#keepalive.untilMs);
    this.#keepalive = { id: this.#keepalive.id, untilMs: dueMs, isProbe: true };
    return true;
  }

  /**
   * Takes the header of a response: a long-lived operation that was answered NOERROR is live, every other is over. A
   * MESSAGE ID that names no operation is a `ProtocolError` (RFC 8490 §5.4.1, §5.5.2).
   */
  answer(id: number, rcode: number, nowMs: number): Answer {
    if (id === 0) throw new AnsweredNotice();
    const operation = this.#operations.get(id);
    if (operation === undefined) {
      // The server's cancellation may have crossed ours on the way (RFC 8490 §5.6).
      if (rcode !== Rcode.NOERROR && this.#ids.isResting(id, nowMs)) return 'absorbed';
      throw new ProtocolError('RFC 8490 §5.5.2', `a response has MESSAGE ID ${id}, which names no operation`);
    }
    if (operation.kind === 'live' && rcode === Rcode.NOERROR) {
      throw new ProtocolError('RFC 8490 §5.5.2', `MESSAGE ID ${id} was answered NOERROR already`);
    }
    if (operation.kind === 'pending' && operation.isLongLived && rcode === Rcode.NOERROR) {
      this.#operations.set(id, { kind: 'live' });
    } else {
      this.#end(id, nowMs);
    }
    return ANSWERS[operation.kind];
  }

  /** An operation of ours is given up: a live one is over, one that awaits its response absorbs it. */
  giveUp(id: number, nowMs: number): void {
    if (this.#operations.get(id)?.kind === 'pending') this.#operations.set(id, { kind: 'abandoned' });
    else this.#end(id, nowMs);
  }

  #end(id: number, nowMs: number): void {
    if (this.#keepalive?.id === id) this.#keepalive = undefined;
    if (this.#operations.delete(id)) this.#ids.release(id, nowMs);
  }
}

const ANSWERS = {
  keepalive: 'keepalive',
  pending: 'response',
  live: 'cancelled',
  abandoned: 'absorbed',
} as const;
