import { LongLife } from '../../main/browse/testing/long-life.ts';
import type { Holding } from './growth.ts';
import { growth, holdingText } from './growth.ts';
import { holding } from './holding.ts';

/** By then the runtime has settled. */
const FIRST_DAY = 2;

/** Lives so many days on virtual time; what was wrong, as sentences. */
export async function liveDays(
  { days, changes, seed }: { readonly days: number; readonly changes: number; readonly seed: number },
  say: (line: string) => void,
): Promise<readonly string[]> {
  const life = new LongLife(seed);
  const problems: string[] = [];
  let first: Holding | undefined;
  let changed = 0;
  for (let day = 1; day <= days; day++) {
    const end = await life.day(changes / days);
    changed += end.changes;
    const now = holding();
    if (day === FIRST_DAY) first = now;
    const { services, sessions, subscriptions, timers, drift } = end;
    say(
      `day ${day}: ${changed} changes, ${services} services, ${sessions} sessions, ${subscriptions} subscriptions, ${timers} timers; ${holdingText(now)}`,
    );
    problems.push(...drift.map((line) => `day ${day}: ${line}`));
    if (timers !== sessions)
      problems.push(`day ${day}: ${timers} timers, where each of ${sessions} sessions has one`);
    if (day === days && first !== undefined) problems.push(...growth(first, now));
  }
  const left = await life.end();
  return left === 0 ? problems : [...problems, `${left} timers are left when it has ended`];
}
