import { ProtocolError } from './errors.ts';
import { MasterFileError } from './wire/master-tokens.ts';
import type { WordReader } from './wire/master-words.ts';
import { formatName } from './wire/master-words.ts';
import { formatRdata } from './wire/rdata-format.ts';
import { isGeneric, readGenericRdata, readRdataText } from './wire/rdata-text.ts';
import { readRdata } from './wire/rdata.ts';
import { ByteReader } from './wire/reader.ts';
import type { Question, ResourceRecord } from './wire/record.ts';
import { className, typeName } from './wire/registry.ts';
import { readClass, readType } from './transcript-words.ts';

/** `NAME CLASS TYPE`: `_ipp._tcp.example.com. IN PTR`. */
export function formatQuestion(question: Question): string {
  return `${formatName(question.name)} ${className(question.class)} ${typeName(question.type)}`;
}

/** Reads `NAME CLASS TYPE`. */
export function readQuestionWords(words: WordReader): Question {
  const name = words.name('the name');
  const recordClass = readClass(words);
  return { name, class: recordClass, type: readType(words) };
}

/** `NAME TTL CLASS TYPE RDATA`: `laser1.example.com. 120 IN A 192.0.2.7`. */
export function formatRecord(record: ResourceRecord): string {
  const { name, type, ttlSeconds, rdata } = record;
  return `${formatName(name)} ${ttlSeconds} ${className(record.class)} ${typeName(type)} ${formatRdata(type, rdata)}`;
}

/** Reads `NAME TTL CLASS TYPE RDATA` to the end of the phrase. */
export function readRecordWords(words: WordReader): ResourceRecord {
  const name = words.name('the name');
  const ttlSeconds = words.number('the TTL', 0xffffffff);
  const recordClass = readClass(words);
  const type = readType(words);
  return { name, type, class: recordClass, ttlSeconds, rdata: readRdataWords(type, words) };
}

/** Reads RDATA to the end of the phrase; octets as `\# LENGTH HEX` need not fit the type, since messages do not always. */
export function readRdataWords(type: number, words: WordReader): Uint8Array {
  const { next } = words;
  if (next === undefined || !isGeneric(next)) return readRdataText(type, words);
  const rdata = readGenericRdata(words);
  if (!canBeWritten(type, rdata)) {
    throw new MasterFileError(
      next,
      `the octets are no RDATA of ${typeName(type)}: write the message as BYTES`,
    );
  }
  return rdata;
}

/** Names in RDATA are compressed, so they must be there to be found. */
function canBeWritten(type: number, rdata: Uint8Array): boolean {
  try {
    readRdata(type, new ByteReader(rdata));
    return true;
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw error;
  }
}
