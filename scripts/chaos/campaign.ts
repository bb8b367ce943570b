import type { ChaosReport } from './report.ts';
import type { FailedHistory, Replay } from './reduction.ts';
import { reducedHistory } from './reduction.ts';
import type { ChaosOptions } from './options.ts';
import { historyOf } from './history.ts';
import { passTime } from './fair-time.ts';
import type { History, Played, Rest } from './play.ts';
import { play } from './play.ts';
import { makeCertificates } from './push-site.ts';
import { SERVER_NAMES } from './zone-texts.ts';

/** So long a finding is made smaller. */
const REDUCTION_MS = 180_000;
/** So long sockets and timers may take to be gone in the end. */
const LEAVE_MS = 5_000;

/** Plays histories, several at a time, until time or number is used up or one fails. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { seed, from, worlds, forMs, keep } = options;
  const before = resources();
  const startMs = performance.now();
  const certificates = makeCertificates([...new Set(Object.values(SERVER_NAMES))]);
  const rests: Rest[] = [];
  const faults = new Map<string, number>();
  let next = from;
  let failed: { readonly history: History; readonly played: Played } | undefined;
  const isOver = (): boolean => failed !== undefined || performance.now() - startMs > forMs;
  const work = async (): Promise<void> => {
    while (!isOver() && next - from < options.histories) {
      const number = next++;
      const whole = { seed, number, steps: historyOf(seed, number) };
      const history = keep === undefined ? whole : shortHistory(whole, keep);
      const played = await play(history, certificates, isOver);
      rests.push(...played.rests);
      for (const fault of played.faults) faults.set(fault, (faults.get(fault) ?? 0) + 1);
      if (played.failure !== undefined) failed ??= { history: whole, played };
    }
  };
  await Promise.all(Array.from({ length: worlds }, work));
  let found: FailedHistory | undefined;
  if (failed?.played.failure !== undefined) {
    const replay: Replay = async (history, kept) =>
      (await play(shortHistory(history, kept), certificates, () => false)).failure;
    const endMs = performance.now() + REDUCTION_MS;
    found = await reducedHistory(failed.history, failed.played.failure, replay, {
      breadth: worlds,
      isOver: () => performance.now() > endMs,
    });
  }
  const leftovers = await leftoversSince(before);
  const spentMs = performance.now() - startMs;
  return { seed, histories: next - from, spentMs, rests, faults, found, leftovers };
}

/** Only some steps of a history. The rest of the world is the same. */
function shortHistory(history: History, kept: readonly number[]): History {
  return { ...history, steps: kept.flatMap((at) => history.steps[at] ?? []) };
}

/** What keeps this process going, but for its streams and what happens at once. */
function resources(): readonly string[] {
  return process.getActiveResourcesInfo().filter((kind) => /TCP|UDP|TLS|Timeout/.test(kind));
}

async function leftoversSince(before: readonly string[]): Promise<readonly string[]> {
  const isLeft = (): boolean => resources().length > before.length + 1; // the wait itself is one
  await passTime((passedMs) => !isLeft() || passedMs > LEAVE_MS);
  return isLeft() ? resources() : [];
}
