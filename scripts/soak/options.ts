import { parseArgs } from 'node:util';

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

/** The options, a wish for help, or what is wrong with the command line. */
export type ParsedSoakOptions =
  | { readonly kind: 'options'; readonly options: SoakOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string };

const MAX_SEED = 0xffffffff;
/** What grows is seen between the second day and the last. */
const MIN_DAYS = 3;

/** Reads the arguments behind `npm run soak --`. */
export function parseSoakOptions(args: readonly string[]): ParsedSoakOptions {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        minutes: { type: 'string' },
        days: { type: 'string' },
        changes: { type: 'string' },
        seed: { type: 'string', default: '1' },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { kind: 'wrong', message: error.message };
  }
  if (values.help) return { kind: 'help' };
  const { minutes, days, changes, seed } = values;
  if ((minutes === undefined) === (days === undefined))
    return wrong('Say how long: --minutes on real sockets, or --days on virtual time.');
  if (!/^\d{1,10}$/.test(seed) || Number(seed) > MAX_SEED)
    return wrong(`--seed takes a whole number up to ${MAX_SEED}, not "${seed}".`);
  if (minutes !== undefined) {
    if (changes !== undefined) return wrong('--changes is for --days: on real sockets they are 50 a second.');
    if (!/^\d+(?:\.\d+)?$/.test(minutes) || Number(minutes) < 1)
      return wrong(`--minutes takes a number from 1 on, not "${minutes}".`);
    return options({ kind: 'minutes', minutes: Number(minutes), seed: Number(seed) });
  }
  if (!/^\d{1,4}$/.test(days ?? '') || Number(days) < MIN_DAYS)
    return wrong(`--days takes a whole number from ${MIN_DAYS} on, not "${days}".`);
  if (changes !== undefined && !/^[1-9]\d{0,8}$/.test(changes))
    return wrong(`--changes takes a whole number over 0, not "${changes}".`);
  return options({
    kind: 'days',
    days: Number(days),
    changes: Number(changes ?? 200_000),
    seed: Number(seed),
  });
}

function options(read: SoakOptions): ParsedSoakOptions {
  return { kind: 'options', options: read };
}

function wrong(message: string): ParsedSoakOptions {
  return { kind: 'wrong', message };
}
