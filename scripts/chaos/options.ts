import { parseArgs } from 'node:util';

export const CHAOS_USAGE = `Usage: npm run chaos -- [options]

Plays histories of faults and changes to a client on real sockets. Whenever everything works again, it must show what the zones hold.

  --minutes N     for so long, 2 if left out; histories that are under way end at their next rest
  --histories N   so many histories instead
  --seed S        these histories again: a number from 0 to 4294967295; a fresh one if left out
  --from N        begin with history N
  --keep A,B,…    only these steps of the history, as a finding names them
  --worlds N      so many at a time, 6 if left out
  --report FILE   write what was found as JSON, too
  --help          this text

Status: 0 nothing was found, 1 something was, 2 bad usage.
`;

/** What the command line asks for. */
export interface ChaosOptions {
  /** How long in all, in milliseconds; `Infinity` where the histories are counted. */
  readonly forMs: number;
  /** How many histories; `Infinity` where the time counts. */
  readonly histories: number;
  readonly seed: number;
  readonly from: number;
  /** The numbers of the steps to play; undefined for all. */
  readonly keep: readonly number[] | undefined;
  /** How many histories are played at a time. */
  readonly worlds: number;
  readonly reportFile: string | undefined;
}

/** The options, a wish for help, or what is wrong with the command line. */
export type ParsedChaosOptions =
  | { readonly kind: 'options'; readonly options: ChaosOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string };

const MAX_SEED = 0xffffffff;
const MAX_WORLDS = 64;

/** Reads the arguments behind `npm run chaos --`; `freshSeed` is for when none is given. */
export function parseChaosOptions(args: readonly string[], freshSeed: number): ParsedChaosOptions {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        minutes: { type: 'string' },
        histories: { type: 'string' },
        seed: { type: 'string' },
        from: { type: 'string', default: '0' },
        keep: { type: 'string' },
        worlds: { type: 'string', default: '6' },
        report: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { kind: 'wrong', message: error.message };
  }
  if (values.help) return { kind: 'help' };
  const { minutes, histories, seed, from, keep, worlds, report: reportFile } = values;
  const isCounted = histories !== undefined;
  if (isCounted && minutes !== undefined)
    return wrong('--minutes and --histories are two ways to say when to end: give one.');
  if (minutes !== undefined && !(/^\d+(?:\.\d+)?$/.test(minutes) && Number(minutes) > 0))
    return wrong(`--minutes takes a number over 0, not "${minutes}".`);
  if (isCounted && !/^[1-9]\d{0,8}$/.test(histories))
    return wrong(`--histories takes a whole number over 0, not "${histories}".`);
  if (seed !== undefined && !(/^\d{1,10}$/.test(seed) && Number(seed) <= MAX_SEED))
    return wrong(`--seed takes a whole number up to ${MAX_SEED}, not "${seed}".`);
  if (!/^\d{1,9}$/.test(from)) return wrong(`--from takes a whole number, not "${from}".`);
  if (!(/^\d{1,2}$/.test(worlds) && Number(worlds) >= 1 && Number(worlds) <= MAX_WORLDS))
    return wrong(`--worlds takes a whole number from 1 to ${MAX_WORLDS}, not "${worlds}".`);
  if (keep !== undefined && !/^\d{1,4}(?:,\d{1,4})*$/.test(keep))
    return wrong(`--keep takes numbers of steps with commas between them, not "${keep}".`);
  if (keep !== undefined && histories !== '1')
    return wrong('--keep is for one history: give --from N --histories 1 with it.');
  return {
    kind: 'options',
    options: {
      forMs: isCounted ? Infinity : Number(minutes ?? 2) * 60_000,
      histories: isCounted ? Number(histories) : Infinity,
      seed: seed === undefined ? freshSeed : Number(seed),
      from: Number(from),
      keep: keep?.split(',').map(Number),
      worlds: Number(worlds),
      reportFile,
    },
  };
}

function wrong(message: string): ParsedChaosOptions {
  return { kind: 'wrong', message };
}
