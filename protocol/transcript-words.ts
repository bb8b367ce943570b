import { MasterFileError } from './wire/master-tokens.ts';
import type { Place, Token } from './wire/master-tokens.ts';
import { WordReader } from './wire/master-words.ts';
import { classOf, rcodeOf, typeOf } from './wire/registry.ts';

/** Some words of a line, and the place behind them, where a missing one would stand. */
export interface Phrase {
  readonly words: readonly Token[];
  readonly end: Place;
}

/**
 * Cuts one line of a transcript into words. Spaces and tabs separate them; a word in double quotes may hold both; a
 * backslash and what follows it stay as written. A `#` by itself starts a comment.
 */
export function readPhrase(text: string, line: number): Phrase {
  const characters = [...text];
  const words: Token[] = [];
  let at = 0;
  for (;;) {
    while (isSpace(characters[at])) at++;
    const column = at + 1;
    if (characters[at] === undefined || isComment(characters, at)) return { words, end: { line, column } };
    const isQuoted = characters[at] === '"';
    const start = isQuoted ? at + 1 : at;
    at = endOfWord(characters, start, isQuoted);
    if (isQuoted && characters[at] === undefined) {
      throw new MasterFileError({ line, column }, 'the quoted text that starts here does not end');
    }
    words.push({ line, column, isQuoted, text: characters.slice(start, at).join('') });
    if (isQuoted) at++;
  }
}

/** The parts of a phrase between words that are just `separator`. */
export function partsOf({ words, end }: Phrase, separator: string): readonly Phrase[] {
  const parts: Phrase[] = [];
  let start = 0;
  for (const [at, word] of words.entries()) {
    if (word.isQuoted || word.text !== separator) continue;
    parts.push({ words: words.slice(start, at), end: word });
    start = at + 1;
  }
  return [...parts, { words: words.slice(start), end }];
}

/** Reads the words of a phrase from left to right; names in it are absolute. */
export function wordsOf({ words, end }: Phrase): WordReader {
  return new WordReader(words, end, undefined);
}

/** Takes the next word if it looks like this; undefined, and nothing taken, if it does not. */
export function takeIf(words: WordReader, pattern: RegExp): RegExpExecArray | undefined {
  const { next } = words;
  const match = next === undefined || next.isQuoted ? null : pattern.exec(next.text);
  if (match === null) return undefined;
  words.word('');
  return match;
}

/** The next word as a TYPE: `PTR`, `TYPE65280`. */
export function readType(words: WordReader): number {
  return readCode(words, 'type', typeOf);
}

/** The next word as a CLASS: `IN`, `CLASS32`. */
export function readClass(words: WordReader): number {
  return readCode(words, 'class', classOf);
}

/** The next word as an RCODE: `NOTAUTH`, `RCODE12`. */
export function readRcode(words: WordReader): number {
  return readCode(words, 'RCODE', rcodeOf, 15);
}

function readCode(
  words: WordReader,
  what: string,
  valueOf: (text: string) => number | undefined,
  max = 0xffff,
): number {
  const token = words.word(`the ${what}`);
  const value = token.isQuoted ? undefined : valueOf(token.text);
  if (value === undefined || value > max) throw new MasterFileError(token, `"${token.text}" is no ${what}`);
  return value;
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

function isComment(characters: readonly string[], at: number): boolean {
  const next = characters[at + 1];
  return characters[at] === '#' && (next === undefined || isSpace(next));
}

function endOfWord(characters: readonly string[], start: number, isQuoted: boolean): number {
  let at = start;
  while (characters[at] !== undefined && !(isQuoted ? characters[at] === '"' : isSpace(characters[at]))) {
    at += characters[at] === '\\' && characters[at + 1] !== undefined ? 2 : 1;
  }
  return Math.min(at, characters.length);
}
