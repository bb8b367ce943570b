import { parseArgs } from 'node:util';
import type { CommandLine } from '../../main/cli/command-line.ts';
import { UsageError, readCommandLine, seedNumber, wholeNumber } from '../../main/cli/command-line.ts';

/** How `npm run soak` is called. */
export const SOAK_USAGE = `Usage: npm run soak -- --minutes N | --days N [options]

Leaves the core of the app open while services come and go, and fails when it keeps more than it needs or shows what is not there.

  --minutes N     for so long on real sockets, 50 changes a second
  --days N        so many days on virtual time: changes, a restart of each server a day, sleep at night
  --changes N     records changed in all those days, 200000 if left out
  --seed S        the same changes again: a number from 0 to 4294967295; 1 if left out
  --help          this text

Status: 0 nothing grew, 1 something did or was wrong, 2 bad usage.
`;

/** What the command line asks for. */
export type SoakOptions = { readonly seed: number } & (
  | { readonly kind: 'minutes'; readonly minutes: number }
  | { readonly kind: 'days'; readonly days: number; readonly changes: number }
);

/** What grows is seen between the second day and the last. */
const MIN_DAYS = 3;
const MAX_DAYS = 9_999;

/** Reads the arguments behind `npm run soak --`. */
export function parseSoakOptions(args: readonly string[]): CommandLine<SoakOptions> {
  return readCommandLine((): SoakOptions | undefined => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        minutes: { type: 'string' },
        days: { type: 'string' },
        changes: { type: 'string' },
        seed: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return undefined;
    const { minutes, days, changes } = values;
    const seed = seedNumber(values.seed, 1);
    if ((minutes === undefined) === (days === undefined))
      throw new UsageError('Say how long: --minutes on real sockets, or --days on virtual time.');
    if (minutes !== undefined) {
      if (changes !== undefined)
        throw new UsageError('--changes is for --days: on real sockets they are 50 a second.');
      return { kind: 'minutes', minutes: wholeNumber('--minutes', minutes, 1), seed };
    }
    return {
      kind: 'days',
      days: wholeNumber('--days', days ?? '', MIN_DAYS, MAX_DAYS),
      changes: wholeNumber('--changes', changes ?? '200000', 1),
      seed,
    };
  });
}
