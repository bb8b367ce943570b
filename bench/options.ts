import { parseArgs } from 'node:util';

/** What `npm run bench` is asked for: names in the order given, or no name for all. */
export type BenchOptions =
  | { readonly kind: 'run'; readonly names: readonly string[]; readonly isJson: boolean }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string };

/** Reads the arguments behind `npm run bench --`; a name that none of `known` is is wrong. */
export function readOptions(args: readonly string[], known: readonly string[]): BenchOptions {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
    });
    if (values.help) return { kind: 'help' };
    const unknown = positionals.find((name) => !known.includes(name));
    if (unknown !== undefined) {
      const message = `There is no bench called "${unknown}". There are: ${known.join(', ')}.`;
      return { kind: 'wrong', message };
    }
    return { kind: 'run', names: [...new Set(positionals)], isJson: values.json };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { kind: 'wrong', message: error.message };
  }
}
