import { parseArgs } from 'node:util';

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

/** The options, a wish for help, or what is wrong with the command line. */
export type ParsedFuzzOptions =
  | { readonly kind: 'options'; readonly options: FuzzOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string };

const MAX_SEED = 0xffffffff;

/** Reads the arguments behind `npm run fuzz --`; `freshSeed` is for when none is given. */
export function parseFuzzOptions(
  args: readonly string[],
  known: readonly string[],
  freshSeed: number,
): ParsedFuzzOptions {
  let values;
  try {
    ({ values } = parseArgs({
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
    }));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { kind: 'wrong', message: error.message };
  }
  if (values.help) return { kind: 'help' };
  const { minutes, inputs, seed, target: targets, from, report: reportFile } = values;
  const isCounted = inputs !== undefined;
  if (isCounted && minutes !== undefined)
    return wrong('--minutes and --inputs are two ways to say when to end: give one.');
  if (minutes !== undefined && !(/^\d+(?:\.\d+)?$/.test(minutes) && Number(minutes) > 0))
    return wrong(`--minutes takes a number over 0, not "${minutes}".`);
  if (isCounted && !/^[1-9]\d{0,11}$/.test(inputs))
    return wrong(`--inputs takes a whole number over 0, not "${inputs}".`);
  if (seed !== undefined && !(/^\d{1,10}$/.test(seed) && Number(seed) <= MAX_SEED))
    return wrong(`--seed takes a whole number up to ${MAX_SEED}, not "${seed}".`);
  if (!/^\d{1,12}$/.test(from)) return wrong(`--from takes a whole number, not "${from}".`);
  const unknown = targets.find((name) => !known.includes(name));
  if (unknown !== undefined)
    return wrong(`There is no target called "${unknown}". There are: ${known.join(', ')}.`);
  return {
    kind: 'options',
    options: {
      forMs: isCounted ? Infinity : Number(minutes ?? 1) * 60_000,
      inputs: isCounted ? Number(inputs) : Infinity,
      seed: seed === undefined ? freshSeed : Number(seed),
      targets,
      from: Number(from),
      reportFile,
    },
  };
}

function wrong(message: string): ParsedFuzzOptions {
  return { kind: 'wrong', message };
}
