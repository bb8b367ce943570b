import { MAX_ADD_TTL, REMOVE_COLLECTIVE_TTL, REMOVE_ONE_TTL } from './push/change.ts';
import { MasterFileError } from './wire/master-tokens.ts';
import type { WordReader } from './wire/master-words.ts';
import { formatName } from './wire/master-words.ts';
import { formatRdata } from './wire/rdata-format.ts';
import type { ResourceRecord } from './wire/record.ts';
import { className, RecordClass, RecordType } from './wire/registry.ts';
import {
  formatQuestion,
  formatRecord,
  readQuestionWords,
  readRdataWords,
  readRecordWords,
} from './transcript-record.ts';
import type { Phrase } from './transcript-words.ts';
import { readClass, wordsOf } from './transcript-words.ts';

const NO_RDATA = new Uint8Array();

/**
 * One change notification, given as the record that a PUSH carries (RFC 8765 §6.3.1): `add NAME TTL CLASS TYPE RDATA`,
 * `remove NAME CLASS TYPE RDATA`, `remove-rrset NAME CLASS TYPE`, `remove-class NAME CLASS`, `remove-name NAME`, and
 * `record NAME TTL CLASS TYPE RDATA` for one that is none of these.
 */
export function formatChange(record: ResourceRecord): string {
  const { name, type, ttlSeconds, rdata } = record;
  const isOfOneSet = type !== RecordType.ANY && record.class !== RecordClass.ANY;
  if (ttlSeconds <= MAX_ADD_TTL && isOfOneSet) return `add ${formatRecord(record)}`;
  if (ttlSeconds === REMOVE_ONE_TTL && isOfOneSet) {
    return `remove ${formatQuestion(record)} ${formatRdata(type, rdata)}`;
  }
  if (ttlSeconds !== REMOVE_COLLECTIVE_TTL || rdata.length > 0) return `record ${formatRecord(record)}`;
  if (isOfOneSet) return `remove-rrset ${formatQuestion(record)}`;
  if (record.class !== RecordClass.ANY) return `remove-class ${formatName(name)} ${className(record.class)}`;
  return type === 0 ? `remove-name ${formatName(name)}` : `record ${formatRecord(record)}`;
}

/** Reads a change notification as `formatChange` writes it. */
export function readChangeWords(phrase: Phrase): ResourceRecord {
  const words = wordsOf(phrase);
  const verb = words.word('the change');
  const record = readByVerb(verb.isQuoted ? '' : verb.text, words);
  if (record === undefined) {
    throw new MasterFileError(
      verb,
      `"${verb.text}" is no change: write add, remove, remove-rrset, remove-class, remove-name or record`,
    );
  }
  words.expectEnd();
  return record;
}

function readByVerb(verb: string, words: WordReader): ResourceRecord | undefined {
  const collective = { ttlSeconds: REMOVE_COLLECTIVE_TTL, rdata: NO_RDATA };
  switch (verb) {
    case 'add':
    case 'record':
      return readRecordWords(words);
    case 'remove': {
      const question = readQuestionWords(words);
      return { ...question, ttlSeconds: REMOVE_ONE_TTL, rdata: readRdataWords(question.type, words) };
    }
    case 'remove-rrset':
      return { ...readQuestionWords(words), ...collective };
    case 'remove-class':
      return { name: words.name('the name'), class: readClass(words), type: RecordType.ANY, ...collective };
    case 'remove-name':
      return { name: words.name('the name'), class: RecordClass.ANY, type: 0, ...collective };
    default:
      return undefined;
  }
}
