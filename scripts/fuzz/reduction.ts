import type { Trial } from '../../protocol/testing/fuzz/trial.ts';
import type { Limits } from './attempt.ts';
import { failureOf, Hanging } from './attempt.ts';

/** Enough for what is short, and an end for what is not. */
const MAX_CHECKS = 20_000;
const MAX_MS = 60_000;

/** A trial and what it fails with. */
export interface FailedTrial {
  readonly trial: Trial;
  readonly failure: Error;
}

/** The smallest trial that can be found from a failed one to fail alike; waiting for one that hangs takes too long. */
export async function reduced(failed: FailedTrial, limits: Limits): Promise<FailedTrial> {
  if (failed.failure instanceof Hanging) return failed;
  const endMs = performance.now() + MAX_MS;
  let smallest = failed;
  let checks = 0;
  for (let isSmaller = true; isSmaller;) {
    isSmaller = false;
    for (const trial of smallest.trial.smaller()) {
      if (++checks > MAX_CHECKS || performance.now() > endMs) return smallest;
      const failure = await failureOf(trial, limits);
      if (failure === undefined || !isAlike(failure, smallest.failure)) continue;
      smallest = { trial, failure };
      isSmaller = true;
      break;
    }
  }
  return smallest;
}

/** Whether two failures are the same one, seen with other octets and numbers. */
function isAlike(one: Error, other: Error): boolean {
  return one.name === other.name && gist(one.message) === gist(other.message);
}

/** How a message begins, apart from numbers and what is quoted. */
function gist(message: string): string {
  return message
    .split('\n')[0]!
    .replace(/"[^"]*"|\b[\da-f]*\d[\da-f]*\b/gi, '#')
    .slice(0, 24);
}
