import type { Backoff } from './backoff.ts';

/** A session that was live for less than this is no sign that the next one will last (RFC 8490 §6.6.3.2). */
const STABLE_MS = 10_000;

/** How an attempt ended, as far as the next one goes. */
export interface AttemptEnd {
  /** For how long a session had been of use: 0 if none ever was. */
  readonly liveMs: number;
  /** When the first server may be tried again, if none may be now. */
  readonly readyMs?: number;
}

/**
 * Attempts in a row, and when the next is due. A time that servers ask for is kept to the millisecond, because they have added
 * what is to keep their clients apart (RFC 8490 §6.6.3); everything else is up to the backoff.
 */
export class Attempts {
  readonly #backoff: Backoff;
  /** Fruitless ones in a row. */
  #failures = 0;

  constructor(backoff: Backoff) {
    this.#backoff = backoff;
  }

  /** When the attempt after one that has ended now is due. */
  nextMs({ liveMs, readyMs }: AttemptEnd, nowMs: number): number {
    this.#failures = liveMs < STABLE_MS ? this.#failures + 1 : 0;
    return readyMs ?? nowMs + this.#backoff.delayMs(this.#failures);
  }
}
