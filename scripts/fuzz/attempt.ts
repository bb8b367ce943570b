import type { Trial } from '../../protocol/testing/fuzz/trial.ts';
import { Finding } from '../../protocol/testing/fuzz/trial.ts';
import { guarded } from './guard.ts';

/** How long an input may take. */
export interface Limits {
  /** No input takes longer than this by itself. */
  readonly slowMs: number;
  /** What has not come back by then never will. */
  readonly hangingMs: number;
}

/** Generous, since the machine may be busy with something else. */
export const LIMITS: Limits = { slowMs: 1_000, hangingMs: 20_000 };

/** A subject did not come back. */
export class Hanging extends Finding {}

/** Runs a trial by itself; what it failed with, undefined when it did not. */
export async function failureOf(trial: Trial, { slowMs, hangingMs }: Limits): Promise<Error | undefined> {
  try {
    const startMs = performance.now();
    const checked = guarded(() => trial.check(), hangingMs);
    if (checked.kind === 'hangs') return new Hanging(`it has not come back after ${hangingMs} ms`);
    await checked.value;
    const tookMs = performance.now() - startMs;
    return tookMs > slowMs ? new Finding(`it takes ${Math.round(tookMs)} ms`) : undefined;
  } catch (error) {
    return errorOf(error);
  }
}

/** Whatever was thrown, as an error. */
export function errorOf(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
