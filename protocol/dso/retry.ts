import type { EndCause } from './session-output.ts';

/** How long a server that does no DSO, or does it wrongly, is not asked for it again (RFC 8490 §5.1.1, §6.6.3). */
export const NO_DSO_MS = 3_600_000;

/** How a session ended, as far as coming back goes. */
export interface SessionEnd {
  /** `dropped`: the connection ended and nobody said why. */
  readonly cause: EndCause | 'dropped';
  /** Whether the session had been established. */
  readonly wasEstablished: boolean;
  /** What the server asked for, in milliseconds, when the cause is `retry-delay`. */
  readonly retryDelayMs: number | undefined;
  /** A sentence for people. */
  readonly reason: string;
}

/**
 * When a client may come back to one service instance, which is a host and a port (RFC 8490 §6.6.3, §9.1). A time that a
 * server asked for is kept to the millisecond: it adds the jitter, not we.
 */
export class RetryPolicy {
  #readyMs = -Infinity;
  #reason = '';
  /** Whether the last session was dropped and no session since has been established. */
  #wasDropped = false;

  /** From when on the instance may be connected to, in the caller's milliseconds; in the past when at once. */
  get readyMs(): number {
    return this.#readyMs;
  }

  /** Why not before: how the session ended that made it so. */
  get reason(): string {
    return this.#reason;
  }

  /** Takes note of how a session with the instance ended. */
  ended({ cause, wasEstablished, retryDelayMs, reason }: SessionEnd, nowMs: number): void {
    const isSecondDrop = cause === 'dropped' && this.#wasDropped;
    this.#wasDropped = cause === 'dropped';
    const isGivenUp = (cause === 'dropped' || cause === 'silence') && (!wasEstablished || isSecondDrop);
    if (cause === 'retry-delay') this.#stayAway(nowMs + (retryDelayMs ?? 0), reason);
    else if (cause === 'no-dso' || cause === 'fault' || isGivenUp) this.#stayAway(nowMs + NO_DSO_MS, reason);
  }

  /** The session did useful work: a later drop is the first again (RFC 8490 §6.6.3.2). */
  useful(): void {
    this.#wasDropped = false;
  }

  /** A person asked for another try. */
  forgive(): void {
    this.#readyMs = -Infinity;
    this.#wasDropped = false;
  }

  #stayAway(untilMs: number, reason: string): void {
    this.#readyMs = untilMs;
    this.#reason = reason;
  }
}
