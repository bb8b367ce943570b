import type { FailedHistory } from './reduction.ts';
import { stepText } from './step.ts';
import type { Rest } from './play.ts';

/** What a run of chaos came to. */
export interface ChaosReport {
  readonly seed: number;
  readonly histories: number;
  readonly spentMs: number;
  readonly rests: readonly Rest[];
  /** How often there was each fault. */
  readonly faults: ReadonlyMap<string, number>;
  readonly found: FailedHistory | undefined;
  /** Sockets and timers that are left of it all. */
  readonly leftovers: readonly string[];
}

/** Whether nothing was found. */
export function isSound({ found, leftovers }: ChaosReport): boolean {
  return found === undefined && leftovers.length === 0;
}

/** The figures as people read them. */
export function reportText(report: ChaosReport): string {
  const { seed, histories, spentMs, rests, faults, leftovers } = report;
  const lines = [...faults]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([name, count]) => `${name.padEnd(26)} ${String(count).padStart(6)}`);
  const by = (who: Rest['by']): string => {
    const took = rests.filter((rest) => rest.by === who).map(({ tookMs }) => tookMs);
    if (took.length === 0) return '';
    return `, ${took.length} ${who === 'itself' ? 'by itself' : 'after "Try again"'} (${Math.round(Math.max(...took))} ms at most)`;
  };
  const rested = `${rests.length} times the truth was shown again${by('itself')}${by('person')}`;
  const left = leftovers.length === 0 ? '' : `Left open at the end: ${leftovers.join(', ')}\n`;
  const verdict = isSound(report) ? 'ok  ' : 'FAIL';
  return `${lines.join('\n')}\n${left}${verdict} seed ${seed}: ${histories} histories in ${Math.round(spentMs / 1000)} s; ${rested}\n`;
}

/** A failed history, with what somebody needs to have it again. */
export function findingText({ history, kept, failure, again }: FailedHistory): string {
  const { seed, number, steps } = history;
  const { mismatch, log } = failure;
  const listed = (items: readonly string[]): readonly string[] =>
    items.length === 0 ? ['  nothing'] : items.map((item) => `  ${item}`);
  return [
    `History ${number} of seed ${seed}: ${mismatch.what}`,
    'Expected:',
    ...listed(mismatch.expected),
    'There is:',
    ...listed(mismatch.actual),
    again.failed === 0
      ? `Played again ${again.played} times it did not fail: it depends on who is faster. Its steps:`
      : `Played again ${again.played} times it failed ${again.failed} times. The fewest steps that were found to fail alike:`,
    ...kept.map((at) => `  ${at}. ${stepText(steps[at]!)}`),
    'What happened last:',
    ...log.map((line) => `  ${line}`),
    `Again: npm run chaos -- --seed ${seed} --from ${number} --histories 1 --keep ${kept.join(',')}`,
    '',
  ].join('\n');
}

/** The figures and the finding for programs. */
export function reportJson({ seed, histories, rests, faults, found, leftovers }: ChaosReport): string {
  return `${JSON.stringify(
    {
      seed,
      histories,
      rests: rests.length,
      faults: Object.fromEntries(faults),
      found: found && {
        history: found.history.number,
        keep: found.kept,
        failure: found.failure.mismatch,
        steps: found.kept.map((at) => stepText(found.history.steps[at]!)),
      },
      leftovers,
    },
    undefined,
    2,
  )}\n`;
}
