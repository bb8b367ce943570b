/**
 * What is wrong with a text in the words of master files (RFC 1035 §5.1), and where. Lines and columns count from 1, columns
 * in characters. Caught by who reads the whole text, and handed on as a value.
 */
export class MasterFileError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(at: Place, problem: string) {
    super(problem);
    this.name = 'MasterFileError';
    this.line = at.line;
    this.column = at.column;
  }
}

/** A place in a master file, both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** One word of a master file. Escapes stand in `text` as they were written; the quotes of a quoted one do not. */
export interface Token extends Place {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** One entry of a master file: a line, or several held together by parentheses (RFC 1035 §5.1). */
export interface Entry {
  readonly tokens: readonly Token[];
  /** The entry starts with white space: its owner is that of the entry before it. */
  readonly ownerOmitted: boolean;
  /** The place behind its last word, where a missing one would stand. */
  readonly end: Place;
}

/** Cuts a master file into entries of words; comments and blank lines are gone (RFC 1035 §5.1). */
export function readEntries(text: string): readonly Entry[] {
  return new Scanner(text).entries();
}

class Scanner {
  readonly #characters: readonly string[];
  #at = 0;
  #line = 1;
  #column = 1;

  constructor(text: string) {
    this.#characters = [...text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')];
  }

  entries(): readonly Entry[] {
    const entries: Entry[] = [];
    while (this.#next !== undefined) {
      const entry = this.#entry();
      if (entry.tokens.length > 0) entries.push(entry);
    }
    return entries;
  }

  #entry(): Entry {
    const ownerOmitted = this.#next === ' ' || this.#next === '\t';
    const tokens: Token[] = [];
    let end = this.#place;
    let opened: Place | undefined;
    for (;;) {
      const place = this.#place;
      const next = this.#next;
      if (next === undefined) {
        if (opened !== undefined) throw new MasterFileError(opened, 'this "(" has no ")"');
        return { tokens, ownerOmitted, end };
      }
      if (next === '\n') {
        this.#take();
        if (opened === undefined) return { tokens, ownerOmitted, end };
      } else if (next === ' ' || next === '\t') {
        this.#take();
      } else if (next === ';') {
        while (this.#next !== undefined && this.#next !== '\n') this.#take();
      } else if (next === '(') {
        if (opened !== undefined) throw new MasterFileError(place, 'parentheses cannot stand in one another');
        opened = place;
        this.#take();
      } else if (next === ')') {
        if (opened === undefined) throw new MasterFileError(place, 'this ")" has no "("');
        opened = undefined;
        this.#take();
      } else {
        tokens.push(next === '"' ? this.#quoted() : this.#word());
        end = this.#place;
      }
    }
  }

  #quoted(): Token {
    const place = this.#place;
    this.#take();
    let text = '';
    while (this.#next !== '"') {
      if (this.#next === undefined || this.#next === '\n') {
        throw new MasterFileError(place, 'the quoted text that starts here does not end on its line');
      }
      text += this.#next === '\\' ? this.#escape() : this.#take();
    }
    this.#take();
    return { ...place, text, isQuoted: true };
  }

  #word(): Token {
    const place = this.#place;
    let text = '';
    while (this.#next !== undefined && !WORD_ENDS.has(this.#next)) {
      text += this.#next === '\\' ? this.#escape() : this.#take();
    }
    return { ...place, text, isQuoted: false };
  }

  /** A backslash and the character behind it; the digits of `\DDD` follow as ordinary ones. */
  #escape(): string {
    const place = this.#place;
    const backslash = this.#take();
    if (this.#next === undefined || this.#next === '\n') {
      throw new MasterFileError(place, 'a backslash cannot stand at the end of a line');
    }
    return backslash + this.#take();
  }

  get #next(): string | undefined {
    return this.#characters[this.#at];
  }

  get #place(): Place {
    return { line: this.#line, column: this.#column };
  }

  #take(): string {
    const taken = this.#characters[this.#at++]!;
    if (taken === '\n') {
      this.#line++;
      this.#column = 1;
    } else {
      this.#column++;
    }
    return taken;
  }
}

const WORD_ENDS: ReadonlySet<string> = new Set([' ', '\t', '\n', ';', '(', ')']);
