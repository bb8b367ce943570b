import type { Clock } from './clock.ts';
import { checkedDeadline } from './clock.ts';

/** More callbacks than this within one `advance` are a loop that feeds itself. */
const MAX_CALLBACKS = 100_000;

interface Wait {
  readonly deadlineMs: number;
  readonly callback: () => void;
}

/** A clock that stands still until it is advanced: hours of timers in no time. */
export class VirtualClock implements Clock {
  #nowMs: number;
  #wallAheadMs: number;
  readonly #waits = new Set<Wait>();

  /** `nowMs` and `wallMs` are where it starts. */
  constructor(nowMs = 0, wallMs = Date.UTC(2026, 0, 1)) {
    this.#nowMs = nowMs;
    this.#wallAheadMs = wallMs - nowMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return this.#nowMs + this.#wallAheadMs;
  }

  at(deadlineMs: number, callback: () => void): () => void {
    if (checkedDeadline(deadlineMs) === Infinity) return () => undefined;
    const wait = { deadlineMs, callback };
    this.#waits.add(wait);
    return () => this.#waits.delete(wait);
  }

  /** How many callbacks are waited for: 0 once every owner has ended what it started. */
  get waiting(): number {
    return this.#waits.size;
  }

  /** When the next callback is due; `Infinity` when nothing is waited for. */
  get nextDeadlineMs(): number {
    return Math.min(...Array.from(this.#waits, (wait) => wait.deadlineMs));
  }

  /**
   * Lets `ms` pass: calls back everything that falls due, in the order of deadlines (equal ones in the order they were
   * asked for), each at its own time, those included that are asked for meanwhile.
   */
  advance(ms: number): void {
    const endMs = this.#nowMs + ms;
    for (let called = 0; ; called++) {
      const due = this.#nextWithin(endMs);
      if (due === undefined) break;
      if (called === MAX_CALLBACKS)
        throw new Error(`more than ${MAX_CALLBACKS} callbacks fell due within ${ms} ms`);
      this.#waits.delete(due);
      this.#nowMs = Math.max(this.#nowMs, due.deadlineMs);
      due.callback();
    }
    this.#nowMs = endMs;
  }

  /** Lets the machine sleep for `ms`: only the wall clock goes on. */
  sleep(ms: number): void {
    this.#wallAheadMs += ms;
  }

  #nextWithin(endMs: number): Wait | undefined {
    let next: Wait | undefined;
    for (const wait of this.#waits) {
      if (wait.deadlineMs <= endMs && (next === undefined || wait.deadlineMs < next.deadlineMs)) next = wait;
    }
    return next;
  }
}
