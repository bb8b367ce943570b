import { parseArgs } from 'node:util';
import type { CommandLine } from '../main/cli/command-line.ts';
import { UsageError, readCommandLine } from '../main/cli/command-line.ts';

/** What `npm run bench` is asked for: names in the order given, or no name for all. */
export interface BenchOptions {
  readonly names: readonly string[];
  readonly isJson: boolean;
}

/** Reads the arguments behind `npm run bench --`; a name that none of `known` is is wrong. */
export function readOptions(args: readonly string[], known: readonly string[]): CommandLine<BenchOptions> {
  return readCommandLine(() => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
    });
    if (values.help) return undefined;
    const unknown = positionals.find((name) => !known.includes(name));
    if (unknown !== undefined)
      throw new UsageError(`There is no bench called "${unknown}". There are: ${known.join(', ')}.`);
    return { names: [...new Set(positionals)], isJson: values.json };
  });
}
