import { parseArgs } from 'node:util';
import type { CommandLine } from '../../main/cli/command-line.ts';
import {
  UsageError,
  positiveNumber,
  readCommandLine,
  seedNumber,
  wholeNumber,
} from '../../main/cli/command-line.ts';

/** How `npm run fuzz` is called, with the targets that there are. */
export function fuzzUsage(targets: readonly { readonly name: string; readonly summary: string }[]): string {
  const lines = targets.map(({ name, summary }) => `  ${name.padEnd(16)} ${summary}`);
  return `Usage: npm run fuzz -- [options]

Sends whatever reads the messages of strangers ever new broken ones, and fails when it does what it must not.

  --minutes N     for so long, 1 if left out
  --inputs N      so many inputs for each target instead
  --seed S        these inputs again: a number from 0 to 4294967295; a fresh one if left out
  --target NAME   this target only; may be given several times
  --from N        begin with input N of each target
  --report FILE   write what was found as JSON, too
  --help          this text

${lines.join('\n')}

Status: 0 nothing was found, 1 something was, 2 bad usage.
`;
}

/** What the command line asks for. */
export interface FuzzOptions {
  /** How long in all, in milliseconds; `Infinity` where the inputs are counted. */
  readonly forMs: number;
  /** How many inputs for each target; `Infinity` where the time counts. */
  readonly inputs: number;
  readonly seed: number;
  /** The names of targets; empty for all. */
  readonly targets: readonly string[];
  readonly from: number;
  readonly reportFile: string | undefined;
}

/** Reads the arguments behind `npm run fuzz --`; `freshSeed` is for when none is given. */
export function parseFuzzOptions(
  args: readonly string[],
  known: readonly string[],
  freshSeed: number,
): CommandLine<FuzzOptions> {
  return readCommandLine(() => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        minutes: { type: 'string' },
        inputs: { type: 'string' },
        seed: { type: 'string' },
        target: { type: 'string', multiple: true, default: [] },
        from: { type: 'string', default: '0' },
        report: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return undefined;
    const { minutes, inputs, seed, target: targets, from, report: reportFile } = values;
    const isCounted = inputs !== undefined;
    if (isCounted && minutes !== undefined)
      throw new UsageError('--minutes and --inputs are two ways to say when to end: give one.');
    const unknown = targets.find((name) => !known.includes(name));
    if (unknown !== undefined)
      throw new UsageError(`There is no target called "${unknown}". There are: ${known.join(', ')}.`);
    return {
      forMs: isCounted ? Infinity : positiveNumber('--minutes', minutes ?? '1') * 60_000,
      inputs: isCounted ? wholeNumber('--inputs', inputs, 1) : Infinity,
      seed: seedNumber(seed, freshSeed),
      targets,
      from: wholeNumber('--from', from),
      reportFile,
    };
  });
}
