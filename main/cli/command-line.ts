/** What a command line comes to: what it asks for, a wish for help, or a sentence on what is wrong with it. */
export type CommandLine<Options> =
  | { readonly kind: 'options'; readonly options: Options }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string };

/** A command line that asks for what there is not; its message is a sentence for the person who typed it. */
export class UsageError extends Error {}

/** What `read` makes of a command line; undefined is a wish for help, and a `UsageError` or an error of `parseArgs` is wrong usage. */
export function readCommandLine<Options>(read: () => Options | undefined): CommandLine<Options> {
  try {
    const options = read();
    return options === undefined ? { kind: 'help' } : { kind: 'options', options };
  } catch (error) {
    if (error instanceof UsageError || isParseArgsError(error))
      return { kind: 'wrong', message: error.message };
    throw error;
  }
}

/** The whole number from `least` to `most` that an option was given. */
export function wholeNumber(option: string, text: string, least = 0, most = 1e12): number {
  const value = Number(text);
  if (/^\d{1,13}$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(`${option} takes a whole number ${rangeText(least, most)}, not "${text}".`);
}

/** The number over 0, with a fraction or without, that an option was given. */
export function positiveNumber(option: string, text: string): number {
  if (/^\d+(?:\.\d+)?$/.test(text) && Number(text) > 0) return Number(text);
  throw new UsageError(`${option} takes a number over 0, not "${text}".`);
}

/** The seed that `--seed` was given, which has random things again; `fresh` without it. */
export function seedNumber(text: string | undefined, fresh: number): number {
  return text === undefined ? fresh : wholeNumber('--seed', text, 0, 0xffffffff);
}

function rangeText(least: number, most: number): string {
  if (most === 1e12) return `from ${least} on`;
  return `from ${least} to ${most}`;
}

function isParseArgsError(error: unknown): error is Error {
  return error instanceof Error && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
}
