import { MasterFileError } from './wire/master-tokens.ts';
import type { WordReader } from './wire/master-words.ts';
import type { DnsMessage, MessageFlags } from './wire/message.ts';
import { emptyMessage, readMessage, writeMessage } from './wire/message.ts';
import { Opcode, Rcode, rcodeName } from './wire/registry.ts';
import { formatQuestion, formatRecord, readQuestionWords, readRecordWords } from './transcript-record.ts';
import type { Phrase } from './transcript-words.ts';
import { partsOf, readRcode, takeIf, wordsOf } from './transcript-words.ts';

/** The bit between RA and AD, which must be zero and means nothing (RFC 1035 §4.1.1). */
const Z_BIT = 0x40;

const FLAGS = [
  ['qr', 'isResponse'],
  ['aa', 'isAuthoritative'],
  ['tc', 'isTruncated'],
  ['rd', 'recursionDesired'],
  ['ra', 'recursionAvailable'],
  ['ad', 'isAuthenticData'],
  ['cd', 'checkingDisabled'],
] as const satisfies readonly (readonly [string, keyof MessageFlags])[];

const SECTIONS = [
  ['answer', 'answers'],
  ['authority', 'authorities'],
  ['additional', 'additionals'],
] as const satisfies readonly (readonly [string, keyof DnsMessage])[];

/**
 * An ordinary message in words: `DNS #7 QUERY rd | ask example.com. IN SOA`, and in a response the RCODE, `qr` and the
 * records: `| answer …`, `| authority …`, `| additional …`. A `ProtocolError` when it does not parse.
 */
export function formatDns(bytes: Uint8Array): string {
  const message = readMessage(bytes);
  const flags = FLAGS.filter(([, flag]) => message[flag]).map(([word]) => word);
  const hasRcode = message.isResponse || message.rcode !== Rcode.NOERROR;
  const head = [
    'DNS',
    `#${message.id}`,
    OPCODE_NAMES.get(message.opcode) ?? `OPCODE${message.opcode}`,
    ...(hasRcode ? [rcodeName(message.rcode)] : []),
    ...flags,
    ...((bytes[3]! & Z_BIT) === 0 ? [] : ['z']),
  ];
  const questions = message.questions.map((question) => `ask ${formatQuestion(question)}`);
  const records = SECTIONS.flatMap(([word, section]) =>
    message[section].map((record) => `${word} ${formatRecord(record)}`),
  );
  return [head.join(' '), ...questions, ...records].join(' | ');
}

/** Reads an ordinary message as `formatDns` writes it. */
export function readDnsWords(phrase: Phrase): Uint8Array {
  const [head, ...parts] = partsOf(phrase, '|');
  const words = wordsOf(head!);
  words.word('DNS');
  const { place } = words;
  const id = Number(takeIf(words, /^#(\d{1,5})$/)?.[1] ?? Number.NaN);
  if (!(id <= 0xffff)) throw new MasterFileError(place, 'the MESSAGE ID must stand here, as in #2');
  const opcode = readOpcode(words);
  const next = words.next?.text ?? '';
  const rcode = FLAG_WORDS.has(next) || next === '' ? Rcode.NOERROR : readRcode(words);
  const flags = new Set<string>();
  while (words.next !== undefined) flags.add(readFlag(words));
  const message: Mutable = { ...emptyMessage(id), ...flagsOf(flags), opcode, rcode, ...noSections() };
  for (const part of parts) readPart(part, message);
  const bytes = writeMessage(message);
  if (flags.has('z')) bytes[3] = bytes[3]! | Z_BIT;
  return bytes;
}

const OPCODE_NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(Opcode).map(([name, opcode]) => [opcode, name]),
);
const FLAG_WORDS: ReadonlySet<string> = new Set([...FLAGS.map(([word]) => word), 'z']);

type Sections = Pick<DnsMessage, 'questions' | 'answers' | 'authorities' | 'additionals'>;
type Mutable = Omit<DnsMessage, keyof Sections> & { -readonly [S in keyof Sections]: Sections[S][number][] };

function noSections(): Pick<Mutable, keyof Sections> {
  return { questions: [], answers: [], authorities: [], additionals: [] };
}

function flagsOf(words: ReadonlySet<string>): Partial<MessageFlags> {
  return Object.fromEntries(FLAGS.map(([word, flag]) => [flag, words.has(word)]));
}

function readOpcode(words: WordReader): number {
  const token = words.word('the OPCODE');
  for (const [opcode, name] of OPCODE_NAMES) if (name === token.text) return opcode;
  const opcode = Number(/^OPCODE(\d{1,2})$/.exec(token.text)?.[1] ?? Number.NaN);
  if (opcode <= 0x0f) return opcode;
  throw new MasterFileError(token, `"${token.text}" is no OPCODE`);
}

function readFlag(words: WordReader): string {
  const token = words.word('the flag');
  if (FLAG_WORDS.has(token.text)) return token.text;
  throw new MasterFileError(token, `"${token.text}" is no flag: ${[...FLAG_WORDS].join(', ')} are`);
}

function readPart(part: Phrase, message: Mutable): void {
  const words = wordsOf(part);
  const section = words.word('the section');
  if (section.text === 'ask') {
    message.questions.push(readQuestionWords(words));
    words.expectEnd();
    return;
  }
  const [, records] = SECTIONS.find(([word]) => word === section.text) ?? [];
  if (records === undefined) {
    throw new MasterFileError(
      section,
      `"${section.text}" is no section: ask, answer, authority and additional are`,
    );
  }
  message[records].push(readRecordWords(words));
}
