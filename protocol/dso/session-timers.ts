import { ProtocolError } from '../errors.ts';
import type { Timeouts } from './base-tlvs.ts';
import { DEFAULT_TIMEOUT_MS, MIN_KEEPALIVE_MS, NEVER_MS } from './base-tlvs.ts';
import type { Phase } from './session-phase.ts';
import type { AwaitedKeepalive } from './operations.ts';
import { ESTABLISHMENT_MS } from './session-phase.ts';
import type { Role } from './tlv.ts';

/** A server lets an idle client overrun by no less than this (RFC 8490 §6.4.1). */
const MIN_IDLE_GRACE_MS = 5_000;

/** What is due next, and when; `atMs` is Infinity for what is never due. */
export interface Deadline {
  readonly kind:
    | 'establishment'
    | 'keepalive'
    | 'keepalive-reply'
    | 'probe-reply'
    | 'silence'
    | 'idle'
    | 'drain'
    | 'nothing';
  readonly atMs: number;
}

/** What the timers depend on beside the messages. */
export interface Activity {
  /** Whether an operation is in progress: it suspends the inactivity timer (RFC 8490 §6.3). */
  readonly isBusy: boolean;
  /** The Keepalive that awaits its response. */
  readonly keepalive: AwaitedKeepalive | undefined;
}

/**
 * The timers of a session as arithmetic (RFC 8490 §6.2 to §6.5): when each was last restarted, and what that makes due.
 * A client acts when a timer runs out; a server waits twice as long before it calls the client delinquent.
 */
export class SessionTimers {
  readonly #role: Role;
  /** Until then a server does not call a client idle whose inactivity timeout it has shortened. */
  #graceUntilMs = -Infinity;
  #timeouts: Timeouts = { inactivityMs: DEFAULT_TIMEOUT_MS, keepaliveMs: DEFAULT_TIMEOUT_MS };
  #lastMessageMs: number;
  #lastUsefulMs: number;

  constructor(role: Role, nowMs: number) {
    this.#role = role;
    this.#lastMessageMs = nowMs;
    this.#lastUsefulMs = nowMs;
  }

  /** What is in force. */
  get timeouts(): Timeouts {
    return this.#timeouts;
  }

  /**
   * New limits for timers that run on: the time that has passed counts (RFC 8490 §7.1.1). A server that asks for
   * keepalives more often than every 10 s is broken: a `ProtocolError` (RFC 8490 §6.5.2). A server that shortens the
   * inactivity timeout leaves the client time to learn of it: a quarter of the new one, and no less than 5 s.
   */
  adopt({ inactivityMs, keepaliveMs }: Timeouts, nowMs: number): void {
    if (keepaliveMs < MIN_KEEPALIVE_MS) {
      throw new ProtocolError('RFC 8490 §6.5.2', `a keepalive interval of ${keepaliveMs} ms is under 10 s`);
    }
    if (inactivityMs < this.#timeouts.inactivityMs) {
      this.#graceUntilMs = nowMs + Math.max(MIN_IDLE_GRACE_MS, inactivityMs / 4);
    }
    this.#timeouts = { inactivityMs, keepaliveMs };
  }

  /** A whole message was sent or received. Keepalive traffic restarts the keepalive timer only (RFC 8490 §6.3). */
  message(isKeepalive: boolean, nowMs: number): void {
    this.#lastMessageMs = nowMs;
    if (!isKeepalive) this.#lastUsefulMs = nowMs;
  }

  /** What is due first in this phase. */
  next(phase: Phase, activity: Activity): Deadline {
    switch (phase.name) {
      case 'ended':
        return { kind: 'nothing', atMs: Infinity };
      case 'draining':
        return { kind: 'drain', atMs: phase.untilMs };
      case 'establishing':
        if (this.#role === 'client') return { kind: 'establishment', atMs: phase.sinceMs + ESTABLISHMENT_MS };
        return this.#established(activity);
      case 'established':
        return this.#established(activity);
    }
  }

  #established({ isBusy, keepalive }: Activity): Deadline {
    const idleAtMs = isBusy ? Infinity : this.#idleAtMs();
    const liveness = this.#liveness(keepalive);
    return idleAtMs <= liveness.atMs ? { kind: 'idle', atMs: idleAtMs } : liveness;
  }

  #liveness(awaited: AwaitedKeepalive | undefined): Deadline {
    if (awaited !== undefined)
      return { kind: awaited.isProbe ? 'probe-reply' : 'keepalive-reply', atMs: awaited.untilMs };
    const { keepaliveMs } = this.#timeouts;
    const limitMs = keepaliveMs === NEVER_MS ? Infinity : keepaliveMs;
    return this.#role === 'client'
      ? { kind: 'keepalive', atMs: this.#lastMessageMs + limitMs }
      : { kind: 'silence', atMs: this.#lastMessageMs + 2 * limitMs };
  }

  #idleAtMs(): number {
    const { inactivityMs } = this.#timeouts;
    if (inactivityMs === NEVER_MS) return Infinity;
    if (this.#role === 'client') return this.#lastUsefulMs + inactivityMs;
    return Math.max(this.#lastUsefulMs + Math.max(MIN_IDLE_GRACE_MS, 2 * inactivityMs), this.#graceUntilMs);
  }
}
