const FIRST_DELAY_MS = 2_000;
const MAX_DELAY_MS = 300_000;

/**
 * How long to wait before the next attempt. A session that had been live is renewed at once (RFC 8490 §6.6.3.2); fruitless
 * attempts wait ever longer, up to five minutes, each a random half more or less so that clients do not come in step.
 */
export class Backoff {
  readonly #random: () => number;

  /** `random` gives numbers from 0 up to but not including 1. */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** The wait after that many fruitless attempts in a row, in milliseconds. */
  delayMs(failures: number): number {
    if (failures === 0) return 0;
    const delayMs = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
    return delayMs * (0.5 + this.#random());
  }
}
