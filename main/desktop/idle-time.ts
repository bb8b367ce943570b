import type { PauseInput, PauseSettings } from '../browse/pause-policy.ts';
import type { Clock } from '../net/clock.ts';

/** While nobody uses the computer it is asked this often whether somebody does again, in milliseconds. */
const BACK_WITHIN_MS = 2_000;

/** What the time without input is found out and told with. */
export interface IdleParts {
  readonly clock: Clock;
  /** For how long there has been no input, in seconds; 0 where the system does not tell. */
  readonly idleSeconds: () => number;
  readonly attention: (input: PauseInput) => void;
}

/**
 * Tells whether somebody uses the computer, while that is wanted. The system has no event for it and must be asked: not
 * before so much time may have passed without input, and then often, since somebody who is back wants to see.
 */
export class IdleTime {
  readonly #parts: IdleParts;
  #limitMs = Infinity;
  #cancelTimer: () => void = () => undefined;

  constructor(parts: IdleParts) {
    this.#parts = parts;
  }

  /** Goes by these settings from now on. */
  follow({ pauseOnIdle, idleMinutes }: Pick<PauseSettings, 'pauseOnIdle' | 'idleMinutes'>): void {
    const limitMs = pauseOnIdle ? idleMinutes * 60_000 : Infinity;
    if (limitMs === this.#limitMs) return;
    this.#limitMs = limitMs;
    this.#cancelTimer();
    if (pauseOnIdle) this.#look();
    else this.#parts.attention({ kind: 'active' });
  }

  /** Asks no more. */
  close(): void {
    this.#cancelTimer();
  }

  #look(): void {
    const { attention, clock, idleSeconds } = this.#parts;
    const leftMs = this.#limitMs - idleSeconds() * 1000;
    this.#cancelTimer = clock.at(clock.nowMs() + (leftMs > 0 ? leftMs : BACK_WITHIN_MS), () => this.#look());
    attention({ kind: leftMs > 0 ? 'active' : 'idle' });
  }
}
