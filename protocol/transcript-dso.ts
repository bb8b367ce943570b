import { writeDsoMessage } from './dso/message.ts';
import type { OutgoingTlv } from './dso/tlv.ts';
import { MasterFileError } from './wire/master-tokens.ts';
import type { WordReader } from './wire/master-words.ts';
import { ByteReader } from './wire/reader.ts';
import { Rcode, rcodeName } from './wire/registry.ts';
import type { TlvText } from './transcript-tlv.ts';
import { formatTlv, readTlvWords, tlvType } from './transcript-tlv.ts';
import type { Phrase } from './transcript-words.ts';
import { partsOf, readRcode, takeIf, wordsOf } from './transcript-words.ts';

/** Where the four counts stand in the header, and the last octet behind them (RFC 1035 §4.1.1). */
const COUNTS_AT = 4;

/**
 * A DSO message in words (RFC 8490 §5.4): `SUBSCRIBE #2 NAME IN PTR`, `RESPONSE #2 NOTAUTH RETRY-DELAY 300000`. A
 * `ProtocolError` when a TLV does not lie within the message.
 */
export function formatDso(bytes: Uint8Array): string {
  const reader = new ByteReader(bytes);
  const id = reader.u16();
  const flags = reader.u16();
  const counts = [reader.u16(), reader.u16(), reader.u16(), reader.u16()];
  const tlvs = readTlvs(reader);
  const rcode = rcodeName(flags & 0x0f);
  const oddities = [
    ...((flags & 0x07f0) === 0 ? [] : [`z=${(flags >>> 4) & 0x7f}`]),
    ...(counts.every((count) => count === 0) ? [] : [`counts=${counts.join(',')}`]),
  ];
  if ((flags & 0x8000) !== 0) return sentence(['RESPONSE', `#${id}`, rcode, ...oddities], tlvs);
  const [primary, ...additional] = tlvs;
  const name = primary?.name ?? 'EMPTY';
  const isDelay = name === RETRY_DELAY;
  if (!isDelay && rcode !== NOERROR) oddities.push(`rcode=${rcode}`);
  const head = [name, ...(id === 0 ? [] : [`#${id}`]), ...oddities];
  const words = [
    ...head,
    ...(primary === undefined || primary.data === '' ? [] : [primary.data]),
    ...(isDelay ? [rcode] : []),
  ];
  return additional.reduce((text, tlv) => `${text} + ${tlvWords(tlv)}`, words.join(' '));
}

/** Reads a DSO message as `formatDso` writes it. */
export function readDsoWords(phrase: Phrase): Uint8Array {
  const [first, ...more] = partsOf(phrase, '+');
  const additional = more.map(readTlvWords);
  const words = wordsOf(first!);
  const head = words.word('the message');
  if (head.text === 'RESPONSE') return readResponse(words, first!, additional);
  if (head.text !== 'EMPTY' && tlvType(head.text) === undefined) {
    throw new MasterFileError(head, `"${head.text}" is no message`);
  }
  const id = readId(words) ?? 0;
  const oddities = readOddities(words);
  const rest = restOf(first!, words);
  if (head.text === 'EMPTY') {
    wordsOf(rest).expectEnd();
    return withOddities(
      writeDsoMessage({ id, isResponse: false, rcode: oddities.rcode }, additional),
      oddities,
    );
  }
  const isDelay = head.text === RETRY_DELAY;
  const data = isDelay ? { words: rest.words.slice(0, 1), end: rest.words[1] ?? rest.end } : rest;
  const rcode = isDelay ? readDelayRcode(rest) : oddities.rcode;
  const primary = readTlvWords({ words: [head, ...data.words], end: data.end });
  return withOddities(writeDsoMessage({ id, isResponse: false, rcode }, [primary, ...additional]), oddities);
}

const RETRY_DELAY = 'RETRY-DELAY';
const NOERROR = rcodeName(Rcode.NOERROR);

/** What a header says that none should. */
interface Oddities {
  readonly z: number;
  readonly rcode: number;
  readonly counts: readonly number[];
}

function readTlvs(reader: ByteReader): readonly TlvText[] {
  const tlvs: TlvText[] = [];
  while (!reader.atEnd) {
    const type = reader.u16();
    tlvs.push(formatTlv(type, reader.window(reader.u16())));
  }
  return tlvs;
}

function sentence(head: readonly string[], tlvs: readonly TlvText[]): string {
  return [head.join(' '), tlvs.map(tlvWords).join(' + ')].filter((part) => part !== '').join(' ');
}

function tlvWords({ name, data }: TlvText): string {
  return data === '' ? name : `${name} ${data}`;
}

function readResponse(words: WordReader, phrase: Phrase, additional: readonly OutgoingTlv[]): Uint8Array {
  const { place } = words;
  const id = readId(words);
  if (id === undefined) throw new MasterFileError(place, 'the MESSAGE ID must stand here, as in #2');
  const rcode = readRcode(words);
  const oddities = readOddities(words);
  const rest = restOf(phrase, words);
  const first = rest.words.length === 0 ? [] : [readTlvWords(rest)];
  return withOddities(writeDsoMessage({ id, isResponse: true, rcode }, [...first, ...additional]), oddities);
}

function readId(words: WordReader): number | undefined {
  const { place } = words;
  const digits = takeIf(words, /^#(\d{1,5})$/)?.[1];
  if (digits === undefined) return undefined;
  if (Number(digits) > 0xffff) throw new MasterFileError(place, 'a MESSAGE ID is at most 65535');
  return Number(digits);
}

function readOddities(words: WordReader): Oddities {
  const { place } = words;
  const z = Number(takeIf(words, /^z=(\d{1,3})$/)?.[1] ?? 0);
  const counts = (takeIf(words, /^counts=(\d{1,5}(?:,\d{1,5}){3})$/)?.[1] ?? '0,0,0,0')
    .split(',')
    .map(Number);
  const rcodeAt = words.place;
  const rcodeText = takeIf(words, /^rcode=(.+)$/)?.[1];
  const rcode =
    rcodeText === undefined
      ? Rcode.NOERROR
      : readRcode(wordsOf({ words: [{ ...rcodeAt, text: rcodeText, isQuoted: false }], end: rcodeAt }));
  if (z > 0x7f) throw new MasterFileError(place, 'z is at most 127');
  if (counts.some((count) => count > 0xffff)) throw new MasterFileError(place, 'a count is at most 65535');
  return { z, rcode, counts };
}

function readDelayRcode(rest: Phrase): number {
  const words = wordsOf({ words: rest.words.slice(1), end: rest.end });
  if (words.next === undefined) return Rcode.NOERROR;
  const rcode = readRcode(words);
  words.expectEnd();
  return rcode;
}

/** What `words` has not read of a phrase yet. */
function restOf(phrase: Phrase, words: WordReader): Phrase {
  const { next } = words;
  return { words: next === undefined ? [] : phrase.words.slice(phrase.words.indexOf(next)), end: phrase.end };
}

function withOddities(bytes: Uint8Array, { z, counts }: Oddities): Uint8Array {
  bytes[2] = bytes[2]! | (z >>> 4);
  bytes[3] = bytes[3]! | ((z << 4) & 0xf0);
  for (const [at, count] of counts.entries()) {
    bytes[COUNTS_AT + 2 * at] = count >>> 8;
    bytes[COUNTS_AT + 2 * at + 1] = count;
  }
  return bytes;
}
