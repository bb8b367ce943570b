import { MasterFileError } from './wire/master-tokens.ts';
import type { Token } from './wire/master-tokens.ts';
import { hexOf } from './wire/text.ts';
import { unreachable } from './errors.ts';
import { formatMessage, readMessageWords } from './transcript-message.ts';
import { readHexWords } from './transcript-tlv.ts';
import type { Phrase } from './transcript-words.ts';
import { readPhrase, wordsOf } from './transcript-words.ts';

/** Who sends: the client or the server. */
export type Side = 'C' | 'S';

/** One line of a transcript. */
export type TranscriptEntry =
  /** A whole message, without its length: `C: UNSUBSCRIBE 2`. */
  | { readonly kind: 'message'; readonly side: Side; readonly bytes: Uint8Array }
  /** Octets of the stream that are no whole message, lengths and all: `S: STREAM 0018000130`. */
  | { readonly kind: 'stream'; readonly side: Side; readonly bytes: Uint8Array }
  /** The end of a side's stream: in good order, `C: CLOSE`, or not, `S: ABORT` (RFC 8490 §5.3). */
  | { readonly kind: 'close' | 'abort'; readonly side: Side }
  /** Time passes: `+15000`. */
  | { readonly kind: 'wait'; readonly ms: number };

/** What `parseTranscript` made of a text; line and column count from 1. */
export type ParsedTranscript =
  | { readonly ok: true; readonly entries: readonly TranscriptEntry[] }
  | {
      readonly ok: false;
      readonly code: 'bad-transcript';
      readonly message: string;
      readonly line: number;
      readonly column: number;
    };

/** One entry as a line, without a line's end. Total: any octets have one. */
export function formatEntry(entry: TranscriptEntry): string {
  switch (entry.kind) {
    case 'message':
      return `${entry.side}: ${formatMessage(entry.bytes)}`;
    case 'stream':
      return `${entry.side}: STREAM ${hexOf(entry.bytes)}`.trimEnd();
    case 'close':
      return `${entry.side}: CLOSE`;
    case 'abort':
      return `${entry.side}: ABORT`;
    case 'wait':
      return `+${entry.ms}`;
    default:
      return unreachable(entry);
  }
}

/** Reads a whole transcript. Blank lines mean nothing, nor does what follows a `#` that stands by itself. */
export function parseTranscript(text: string): ParsedTranscript {
  try {
    const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
    const phrases = lines.map((line, at) => readPhrase(line, at + 1)).filter(({ words }) => words.length > 0);
    return { ok: true, entries: phrases.map(readEntry) };
  } catch (error) {
    if (!(error instanceof MasterFileError)) throw error;
    const { line, column } = error;
    const message = `Line ${line}, column ${column} of the transcript: ${error.message}.`;
    return { ok: false, code: 'bad-transcript', message, line, column };
  }
}

/** Reads the words of one line; what does not fit is a `MasterFileError` at its place. */
export function readEntry(phrase: Phrase): TranscriptEntry {
  const first = wordsOf(phrase).word('the line');
  const ms = /^\+(\d{1,15})$/.exec(first.text)?.[1];
  const rest: Phrase = { words: phrase.words.slice(1), end: phrase.end };
  if (ms !== undefined) {
    wordsOf(rest).expectEnd();
    return { kind: 'wait', ms: Number(ms) };
  }
  const side = sideOf(first);
  const head = wordsOf(rest).word('what was sent').text;
  const more: Phrase = { words: rest.words.slice(1), end: rest.end };
  if (head === 'STREAM') return { kind: 'stream', side, bytes: readHexWords(more) };
  if (head === 'CLOSE' || head === 'ABORT') {
    wordsOf(more).expectEnd();
    return { kind: head === 'CLOSE' ? 'close' : 'abort', side };
  }
  return { kind: 'message', side, bytes: readMessageWords(rest) };
}

function sideOf(word: Token): Side {
  if (!word.isQuoted && word.text === 'C:') return 'C';
  if (!word.isQuoted && word.text === 'S:') return 'S';
  throw new MasterFileError(word, `a line starts with C: or S: or +MILLISECONDS, not with "${word.text}"`);
}
