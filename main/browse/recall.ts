import type { ServiceRow } from '../contract/api.ts';
import type { RecalledDomain } from '../contract/remembered.ts';
import type { Clock } from '../net/clock.ts';

/** When the second piece follows the first, which is on the screen by then, and the others each other, in milliseconds. */
const REST_AFTER_MS = 1_000;
const EVERY_MS = 50;

/** Hands over what was kept of a domain in an earlier run: the first piece at once, and the others one by one. */
export class Recall {
  readonly #clock: Clock;
  readonly #pieces: RecalledDomain['pieces'];
  readonly #take: (rows: readonly ServiceRow[]) => void;
  readonly #taken: () => void;
  #cancelTimer: () => void = () => undefined;

  /** `take` is given the pieces; `taken` is called after one that nobody asked for. */
  constructor(
    clock: Clock,
    pieces: RecalledDomain['pieces'],
    take: (rows: readonly ServiceRow[]) => void,
    taken: () => void,
  ) {
    this.#clock = clock;
    this.#pieces = pieces;
    this.#take = take;
    this.#taken = taken;
    if (this.#next()) this.#arm(REST_AFTER_MS);
  }

  /** Hands over what is left. */
  finish(): void {
    this.#cancelTimer();
    while (this.#next());
  }

  /** Forgets what is left. */
  cancel(): void {
    this.#cancelTimer();
  }

  #arm(afterMs: number): void {
    this.#cancelTimer = this.#clock.at(this.#clock.nowMs() + afterMs, () => {
      if (!this.#next()) return;
      this.#arm(EVERY_MS);
      this.#taken();
    });
  }

  /** Whether there was another piece. */
  #next(): boolean {
    const { done, value } = this.#pieces.next();
    if (done === true) return false;
    this.#take(value);
    return true;
  }
}
