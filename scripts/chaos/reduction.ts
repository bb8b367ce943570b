import { shortened } from '../../protocol/testing/fuzz/trial.ts';
import type { ChaosFailure, History } from './play.ts';

/** A history that failed, and with what. */
export interface FailedHistory {
  readonly history: History;
  /** The numbers of those of its steps that were played. */
  readonly kept: readonly number[];
  readonly failure: ChaosFailure;
  /** How often the whole history was played again, and how often it failed alike. */
  readonly again: { readonly played: number; readonly failed: number };
}

/** Plays some steps of a history, by their numbers; what it fails with, undefined when it does not. */
export type Replay = (history: History, kept: readonly number[]) => Promise<ChaosFailure | undefined>;

/** How often a failed history is played again before it is believed that it does not fail each time. */
const TRIES = 3;

/**
 * The shortest history that can be found from a failed one to fail alike, until `isOver`. `breadth` histories are played at a time. One that
 * does not fail again is told as it was: such things depend on who is faster.
 */
export async function reducedHistory(
  history: History,
  failure: ChaosFailure,
  replay: Replay,
  { breadth, isOver }: { readonly breadth: number; readonly isOver: () => boolean },
): Promise<FailedHistory> {
  const all = history.steps.slice(0, failure.at + 1).map((_, at) => at);
  const isAlike = (other: ChaosFailure | undefined): other is ChaosFailure =>
    other !== undefined && gist(other) === gist(failure);
  const tries = await Promise.all(Array.from({ length: TRIES }, () => replay(history, all)));
  const again = { played: TRIES, failed: tries.filter(isAlike).length };
  let smallest: FailedHistory = { history, kept: all, failure, again };
  for (let isSmaller = again.failed > 0; isSmaller && !isOver();) {
    isSmaller = false;
    const candidates = [...shortened(smallest.kept.slice(0, -1))].map((kept) => [
      ...kept,
      smallest.kept.at(-1)!,
    ]);
    while (candidates.length > 0 && !isSmaller && !isOver()) {
      const batch = candidates.splice(0, breadth);
      const failures = await Promise.all(batch.map((kept) => replay(history, kept)));
      const at = failures.findIndex(isAlike);
      if (at < 0) continue;
      smallest = { ...smallest, kept: batch[at]!, failure: failures[at]! };
      isSmaller = true;
    }
  }
  return smallest;
}

/** What failures have in common that are the same one: what was wrong, whatever the numbers in it. */
function gist({ mismatch }: ChaosFailure): string {
  return mismatch.what.replace(/\d+/g, '#').replace(/(?<=services of )\S+(?= |,)/, '#');
}
