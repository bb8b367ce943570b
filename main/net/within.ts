import type { Clock } from './clock.ts';

/** Waits for something that never rejects, but no longer than so many milliseconds. */
export function within(clock: Clock, ms: number, done: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.at(clock.nowMs() + ms, resolve);
    void done.then(() => {
      cancel();
      resolve();
    });
  });
}
