/** A moment by both clocks: one that never goes back, one that shows what people see; in milliseconds. */
export interface Moment {
  readonly nowMs: number;
  readonly wallMs: number;
}

/** How far the clocks may move apart between two looks, or how late a look may be, before the computer must have slept. */
const JUMP_MS = 5_000;

/** How often the clocks are to be looked at, in milliseconds. */
const LOOK_EVERY_MS = 10_000;

/**
 * Finds the traces of a sleep that nobody told of. Where the clock of timers stands still in sleep, the wall clock has
 * moved against it; where it goes on, a timer comes much too late.
 */
export class SleepTrace {
  /** By how much the wall clock is ahead of the other. */
  #aheadMs: number;
  #dueMs: number;

  constructor({ nowMs, wallMs }: Moment) {
    this.#aheadMs = wallMs - nowMs;
    this.#dueMs = nowMs + LOOK_EVERY_MS;
  }

  /** When to look next, on the clock of timers. */
  get dueMs(): number {
    return this.#dueMs;
  }

  /** Looks at the clocks. `woken`: the computer slept and is awake. `late`: it may have, or it was merely busy. */
  look({ nowMs, wallMs }: Moment): 'woken' | 'late' | 'nothing' {
    const hasJumped = Math.abs(wallMs - nowMs - this.#aheadMs) > JUMP_MS;
    const isLate = nowMs - this.#dueMs > JUMP_MS;
    this.#aheadMs = wallMs - nowMs;
    this.#dueMs = nowMs + LOOK_EVERY_MS;
    if (hasJumped) return 'woken';
    return isLate ? 'late' : 'nothing';
  }
}
