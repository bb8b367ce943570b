import { MasterFileError } from './master-tokens.ts';
import type { Place, Token } from './master-tokens.ts';
import { Name, parseName } from './name.ts';

/** RFC 2181 §8: a TTL has 31 bits. */
export const MAX_TTL_SECONDS = 0x7fffffff;

/** Reads the words of one entry from left to right; what does not fit is a `MasterFileError` at its place. */
export class WordReader {
  readonly #tokens: readonly Token[];
  readonly #end: Place;
  /** What relative names are relative to; undefined while nothing says so. */
  readonly #origin: Name | undefined;
  #at = 0;

  constructor(tokens: readonly Token[], end: Place, origin: Name | undefined) {
    this.#tokens = tokens;
    this.#end = end;
    this.#origin = origin;
  }

  /** The word to be read next; undefined behind the last. */
  get next(): Token | undefined {
    return this.#tokens[this.#at];
  }

  /** Where the next word stands, or would stand were it there. */
  get place(): Place {
    return this.next ?? this.#end;
  }

  word(what: string): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new MasterFileError(this.#end, `${what} is missing`);
    this.#at++;
    return token;
  }

  name(what: string): Name {
    return nameOf(this.word(what), this.#origin);
  }

  /** A decimal number of at most `max`. */
  number(what: string, max: number): number {
    const token = this.word(what);
    const value = /^\d{1,10}$/.test(token.text) ? Number(token.text) : Number.NaN;
    if (value <= max) return value;
    throw new MasterFileError(token, `${what} must be a number from 0 to ${max}, not "${token.text}"`);
  }

  /** Seconds, with units or without: `3600`, `1h`, `1w2d`. */
  seconds(what: string): number {
    const token = this.word(what);
    const seconds = secondsOf(token.text);
    if (seconds !== undefined) return seconds;
    throw new MasterFileError(
      token,
      `${what} must be a time up to ${MAX_TTL_SECONDS} s such as 3600 or 1h30m, not "${token.text}"`,
    );
  }

  expectEnd(): void {
    const extra = this.#tokens[this.#at];
    if (extra !== undefined)
      throw new MasterFileError(extra, `"${extra.text}" is more than belongs into this entry`);
  }
}

/** A time of a master file in seconds; undefined when the text is none, or over 31 bits. */
export function secondsOf(text: string): number | undefined {
  if (!/^\d{1,10}(?:[smhdw]\d{1,10})*[smhdw]?$/i.test(text)) return undefined;
  let seconds = 0;
  for (const [, digits, unit] of text.matchAll(/(\d+)([smhdw]?)/gi)) {
    seconds += Number(digits) * UNIT_SECONDS[(unit?.toLowerCase() || 's') as keyof typeof UNIT_SECONDS];
  }
  return seconds <= MAX_TTL_SECONDS ? seconds : undefined;
}

const UNIT_SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const;

/** The name that a word spells: absolute with a final dot, `@` for the origin, else relative to it (RFC 1035 §5.1). */
export function nameOf(token: Token, origin: Name | undefined): Name {
  if (token.isQuoted)
    throw new MasterFileError(token, 'a name stands without quotes, a space in it as \\032');
  const isOrigin = token.text === '@';
  const isRelative = isOrigin || !/(?:^|[^\\])(?:\\\\)*\.$/.test(token.text);
  if (isRelative && origin === undefined) {
    throw new MasterFileError(token, `"${token.text}" is relative, and no $ORIGIN stands before it`);
  }
  if (isOrigin) return origin!;
  const parsed = parseName(token.text);
  if (!parsed.ok) throw new MasterFileError(token, parsed.message.replace(/\.$/, ''));
  if (!isRelative) return parsed.name;
  try {
    return Name.ofLabels([...parsed.name.labels, ...origin!.labels]);
  } catch (error) {
    if (error instanceof RangeError) throw new MasterFileError(token, error.message);
    throw error;
  }
}

/**
 * A name as one word of a master file (RFC 1035 §5.1): as `toString` has it, and with the characters escaped that would
 * end the word or start something else. A byte order mark at the start of a file would not be read as part of a name.
 */
export function formatName(name: Name): string {
  return name
    .toString()
    .replace(/["();$]/g, '\\$&')
    .replaceAll('\uFEFF', '\\239\\187\\191');
}
