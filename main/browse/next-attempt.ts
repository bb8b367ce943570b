import type { Clock } from '../net/clock.ts';
import type { FeedPool } from './feed-pool.ts';
import type { PushServerTarget } from './push-server-target.ts';

/** The wait for the next attempt, which may come to an end before its time. */
export class NextAttempt {
  readonly #clock: Clock;
  readonly #pool: FeedPool;
  #end: ((isJoining: boolean) => void) | undefined;

  constructor(clock: Clock, pool: FeedPool) {
    this.#clock = clock;
    this.#pool = pool;
  }

  /** Waits until then, or until others have a session with `joinable`: whether it was that which ended it. */
  due(untilMs: number, joinable: PushServerTarget | undefined): Promise<boolean> {
    return new Promise((resolve) => {
      const cancels = [this.#clock.at(untilMs, () => this.#end?.(false))];
      if (joinable !== undefined) cancels.push(this.#pool.onSession(joinable, () => this.#end?.(true)));
      this.#end = (isJoining) => {
        for (const cancel of cancels) cancel();
        this.#end = undefined;
        resolve(isJoining);
      };
    });
  }

  /** Ends the wait now, if there is one. */
  wake(): void {
    this.#end?.(false);
  }
}
