import type { TranscriptEntry } from '../transcript.ts';
import { readEntry } from '../transcript.ts';
import type { Phrase } from '../transcript-words.ts';
import { readPhrase } from '../transcript-words.ts';
import { MasterFileError } from '../wire/master-tokens.ts';

/** One step of a dialogue, and the line it stands on. */
export type Step = { readonly line: number } &
  /** What either side sends, or time that passes. */
  (
    | {
        readonly kind: 'entry';
        readonly entry: TranscriptEntry;
        /** The line ends in `&`: its octets arrive together with the next line's. */
        readonly isJoined: boolean;
        /** The line ends in `…`: what more the subject says is not compared. */
        readonly isOpen: boolean;
      }
    /** `=> …`: what the subject tells its owner. */
    | { readonly kind: 'told'; readonly phrase: Phrase; readonly text: string }
    /** Anything else: what the owner has the subject do. */
    | { readonly kind: 'command'; readonly phrase: Phrase }
  );

/** Two spaces or more end a step when another follows on the line. */
const BETWEEN_STEPS = / {2,}(?=[CS]: |=> )/;

/** Reads the steps of a dialogue: lines of a transcript, `=> …` for what is told, and commands. */
export function readScript(text: string): readonly Step[] {
  return text
    .split('\n')
    .flatMap((content, at) => content.split(BETWEEN_STEPS).flatMap((part) => readStep(part, at + 1)));
}

function readStep(text: string, line: number): readonly Step[] {
  try {
    const phrase = readPhrase(text, line);
    const [first] = phrase.words;
    if (first === undefined) return [];
    if (first.text === '=>') {
      return [{ kind: 'told', line, phrase: without(phrase, 1), text: text.replace(/^\s*=>\s*/, '').trim() }];
    }
    if (!/^(?:[CS]:|\+\d+)$/.test(first.text)) return [{ kind: 'command', line, phrase }];
    const last = phrase.words.at(-1)?.text;
    const isJoined = last === '&';
    const isOpen = last === '…';
    const words = isJoined || isOpen ? phrase.words.slice(0, -1) : phrase.words;
    return [{ kind: 'entry', line, entry: readEntry({ words, end: phrase.end }), isJoined, isOpen }];
  } catch (error) {
    if (!(error instanceof MasterFileError)) throw error;
    throw new TypeError(
      `line ${line}, column ${error.column} of the dialogue: ${error.message}: ${text.trim()}`,
    );
  }
}

function without({ words, end }: Phrase, count: number): Phrase {
  return { words: words.slice(count), end };
}
