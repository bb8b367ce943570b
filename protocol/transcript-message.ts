import { readDsoMessage } from './dso/message.ts';
import { ProtocolError } from './errors.ts';
import { PUSH_TLV_RULES } from './push/tlvs.ts';
import { HEADER_OCTETS, opcodeOf } from './wire/message.ts';
import { Opcode } from './wire/registry.ts';
import { hexOf, octetsOf } from './wire/text.ts';
import { formatDns, readDnsWords } from './transcript-dns.ts';
import { formatDso, readDsoWords } from './transcript-dso.ts';
import { readHexWords } from './transcript-tlv.ts';
import type { Phrase } from './transcript-words.ts';
import { readPhrase } from './transcript-words.ts';

/**
 * A message, without its length, in the words of a transcript. Total: what has no better form stands as `BYTES HEX`, and
 * a comment says what is wrong with it. The words say what a message means; how its names were compressed they do not.
 */
export function formatMessage(bytes: Uint8Array): string {
  const text = meaning(bytes);
  return text === undefined ? rawMessage(bytes) : printable(text);
}

/** As `formatMessage`, but in words that lead back to the very same octets, so as `BYTES HEX` where names were compressed otherwise. */
export function formatExactly(bytes: Uint8Array): string {
  const text = meaning(bytes);
  if (text === undefined) return rawMessage(bytes);
  return leadsTo(text, bytes) ? printable(text) : `BYTES ${hexOf(bytes)} # ${printable(text)}`;
}

/** Reads a message as `formatMessage` writes it; what does not fit is a `MasterFileError` at its place. */
export function readMessageWords(phrase: Phrase): Uint8Array {
  const head = phrase.words[0]?.text;
  if (head === 'BYTES') return readHexWords({ words: phrase.words.slice(1), end: phrase.end });
  return head === 'DNS' ? readDnsWords(phrase) : readDsoWords(phrase);
}

function meaning(bytes: Uint8Array): string | undefined {
  if (bytes.length < HEADER_OCTETS) return undefined;
  try {
    const text = opcodeOf(bytes) === Opcode.DSO ? formatDso(bytes) : formatDns(bytes);
    // Octets that were left as they are may hold pointers, which lead elsewhere once other names are compressed anew.
    return !UNREAD_TLV.test(text) || leadsTo(text, bytes) ? text : undefined;
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

/** The number of a TLV that has a form of its own, and was not written in it. */
const UNREAD_TLV = new RegExp(`(?:^|\\+ )TYPE(?:${[...PUSH_TLV_RULES.keys()].join('|')})(?: |$)`);

function leadsTo(text: string, bytes: Uint8Array): boolean {
  const again = readMessageWords(readPhrase(text, 1));
  return again.length === bytes.length && again.every((octet, at) => octet === bytes[at]);
}

function rawMessage(bytes: Uint8Array): string {
  const reason = problemOf(bytes);
  return `BYTES ${hexOf(bytes)}`.trimEnd() + (reason === undefined ? '' : ` # ${reason}`);
}

/** What an end that reads the message holds against it, and the octet at which. */
function problemOf(bytes: Uint8Array): string | undefined {
  try {
    if (bytes.length >= HEADER_OCTETS && opcodeOf(bytes) !== Opcode.DSO) formatDns(bytes);
    else readDsoMessage(bytes, PUSH_TLV_RULES);
    return undefined;
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return error.offset === undefined ? error.message : `octet ${error.offset}: ${error.message}`;
  }
}

/**
 * Characters that are a line's end, a terminal's command or a change of direction to somebody, though UTF-8, as `\DDD`:
 * they can stand in names and texts only, where that means the same.
 */
function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) =>
    Array.from(octetsOf(character), (octet) => `\\${octet}`).join(''),
  );
}

const UNPRINTABLE = /[\u0080-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
