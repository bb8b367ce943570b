import { parseArgs } from 'node:util';
import type { CommandLine } from '../../main/cli/command-line.ts';
import {
  UsageError,
  positiveNumber,
  readCommandLine,
  seedNumber,
  wholeNumber,
} from '../../main/cli/command-line.ts';

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

const MAX_WORLDS = 64;

/** Reads the arguments behind `npm run chaos --`; `freshSeed` is for when none is given. */
export function parseChaosOptions(args: readonly string[], freshSeed: number): CommandLine<ChaosOptions> {
  return readCommandLine(() => {
    const { values } = parseArgs({
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
    });
    if (values.help) return undefined;
    const { minutes, histories, seed, from, keep, worlds, report: reportFile } = values;
    const isCounted = histories !== undefined;
    if (isCounted && minutes !== undefined)
      throw new UsageError('--minutes and --histories are two ways to say when to end: give one.');
    if (keep !== undefined && !/^\d{1,4}(?:,\d{1,4})*$/.test(keep))
      throw new UsageError(`--keep takes numbers of steps with commas between them, not "${keep}".`);
    if (keep !== undefined && histories !== '1')
      throw new UsageError('--keep is for one history: give --from N --histories 1 with it.');
    return {
      forMs: isCounted ? Infinity : positiveNumber('--minutes', minutes ?? '2') * 60_000,
      histories: isCounted ? wholeNumber('--histories', histories, 1) : Infinity,
      seed: seedNumber(seed, freshSeed),
      from: wholeNumber('--from', from),
      keep: keep?.split(',').map(Number),
      worlds: wholeNumber('--worlds', worlds, 1, MAX_WORLDS),
      reportFile,
    };
  });
}
