import type { Clock } from '../../main/net/clock.ts';
import { systemClock } from '../../main/net/clock.ts';

/** The machine's clock, which knows how many callbacks are waited for. */
export class CountingClock implements Clock {
  readonly #waits = new Set<object>();

  /** How many callbacks are waited for: 0 once every owner has ended what it started. */
  get waiting(): number {
    return this.#waits.size;
  }

  nowMs(): number {
    return systemClock.nowMs();
  }

  wallMs(): number {
    return systemClock.wallMs();
  }

  at(deadlineMs: number, callback: () => void): () => void {
    if (deadlineMs === Infinity) return () => undefined;
    const wait = {};
    this.#waits.add(wait);
    const cancel = systemClock.at(deadlineMs, () => {
      this.#waits.delete(wait);
      callback();
    });
    return () => {
      this.#waits.delete(wait);
      cancel();
    };
  }
}
