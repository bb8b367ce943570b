import type { Trial } from '../../protocol/testing/fuzz/trial.ts';
import { Finding } from '../../protocol/testing/fuzz/trial.ts';
import { guarded } from './guard.ts';

/** No input takes longer than this by itself. */
export const SLOW_MS = 1_000;
/** What has not come back by then never will. */
export const HANGING_MS = 20_000;

/** Runs a trial by itself; what it failed with, undefined when it did not. */
export async function failureOf(trial: Trial): Promise<Error | undefined> {
  try {
    const startMs = performance.now();
    const checked = guarded(() => trial.check(), HANGING_MS);
    if (checked.kind === 'hangs') return new Finding(`it has not come back after ${HANGING_MS / 1000} s`);
    await checked.value;
    const tookMs = performance.now() - startMs;
    return tookMs > SLOW_MS ? slowness(tookMs) : undefined;
  } catch (error) {
    return errorOf(error);
  }
}

/** What a trial failed with that took so long. */
export function slowness(tookMs: number): Error {
  return new Finding(`it takes ${Math.round(tookMs)} ms`);
}

/** Whatever was thrown, as an error. */
export function errorOf(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
