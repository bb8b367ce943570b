import type { CloseOutput } from '../dso/session-output.ts';
import { unreachable } from '../errors.ts';
import type { Change } from '../push/change.ts';
import type { ClientOutput, PushClient } from '../push/client.ts';
import type { PushServerOptions } from '../push/server.ts';
import { DEFAULT_SERVER_OPTIONS, PushServerSession } from '../push/server.ts';
import { pushTlv } from '../push/tlvs.ts';
import { readChanges } from '../push/change.ts';
import { writeDsoMessage } from '../dso/message.ts';
import type { Side } from '../transcript.ts';
import { formatMessage, readMessageWords } from '../transcript-message.ts';
import { formatQuestion, readRdataWords } from '../transcript-record.ts';
import type { Phrase } from '../transcript-words.ts';
import { readClass, readPhrase, readRcode, readType, wordsOf } from '../transcript-words.ts';
import type { WordReader } from '../wire/master-words.ts';
import { ByteReader } from '../wire/reader.ts';
import type { Question } from '../wire/record.ts';
import { RecordClass, RecordType, rcodeName, typeOf } from '../wire/registry.ts';
import type { TestZones } from './test-zones.ts';

/** A machine that a dialogue is held with. */
export interface Subject {
  readonly side: Side;
  readonly deadlineMs: number | undefined;
  start(nowMs: number): readonly ClientOutput[];
  receive(chunk: Uint8Array, nowMs: number): readonly ClientOutput[];
  tick(nowMs: number): readonly ClientOutput[];
  /** Does what a command says; a command that there is not is a `TypeError`. */
  command(verb: string, phrase: Phrase, nowMs: number): readonly ClientOutput[];
}

/** A client, opened when the dialogue starts. Commands: `subscribe`, `unsubscribe`, `reconfirm`, `probe`, `close`. */
export function clientSubject(client: PushClient): Subject {
  return {
    side: 'C',
    get deadlineMs() {
      return client.deadlineMs;
    },
    start: (nowMs) => client.open(nowMs),
    receive: (chunk, nowMs) => client.receive(chunk, nowMs),
    tick: (nowMs) => client.tick(nowMs),
    command: (verb, phrase, nowMs) => {
      const words = wordsOf(phrase);
      if (verb === 'subscribe') return client.subscribe(readShortQuestion(words), nowMs);
      if (verb === 'unsubscribe') return client.unsubscribe(readShortQuestion(words), nowMs);
      if (verb === 'probe') return client.probe(nowMs);
      if (verb === 'close') return client.close('done', 'the owner is done');
      if (verb !== 'reconfirm') throw new TypeError(`a client has no command "${verb}"`);
      const question = readShortQuestion(words);
      return client.reconfirm({ ...question, rdata: readRdataWords(question.type, words) }, nowMs);
    },
  };
}

/** A server session on zones of a test. Commands: `zone CHANGE | CHANGE …`, told in one batch, and `shutdown DELAY RCODE`. */
export class TestServer {
  readonly zones: TestZones;
  readonly session: PushServerSession;

  constructor(zones: TestZones, options: Partial<PushServerOptions> = {}) {
    this.zones = zones;
    this.session = new PushServerSession(zones, { ...DEFAULT_SERVER_OPTIONS, ...options }, 0);
  }

  /** Makes changes come true and tells of them. */
  change(changes: readonly Change[], nowMs: number): readonly ClientOutput[] {
    for (const change of changes) this.zones.apply(change);
    return this.session.publish(changes, nowMs);
  }
}

export function serverSubject(server: TestServer): Subject {
  const { session } = server;
  return {
    side: 'S',
    get deadlineMs() {
      return session.deadlineMs;
    },
    start: () => [],
    receive: (chunk, nowMs) => session.receive(chunk, nowMs),
    tick: (nowMs) => session.tick(nowMs),
    command: (verb, phrase, nowMs) => {
      if (verb === 'zone') return server.change(readChangesText(phrase), nowMs);
      if (verb !== 'shutdown') throw new TypeError(`a server has no command "${verb}"`);
      const words = wordsOf(phrase);
      const retryDelayMs = words.number('the delay', 0xffffffff);
      return session.shutdown({ retryDelayMs, rcode: readRcode(words) }, nowMs);
    },
  };
}

/** What a subject told its owner, in the words of a dialogue: `refused _ipp._tcp.example.com. IN PTR NOTAUTH 300000 zone`. */
export function spoken(output: Exclude<ClientOutput, { readonly kind: 'send' | 'close' }>): string {
  switch (output.kind) {
    case 'established':
      return 'established';
    case 'accepted':
    case 'over-limit':
      return `${output.kind} ${formatQuestion(output.question)}`;
    case 'refused':
    case 'cancelled': {
      const { rcode, delayMs, scope } = output.refusal;
      return `${output.kind} ${formatQuestion(output.question)} ${rcodeName(rcode)} ${delayMs} ${scope}`;
    }
    case 'changes':
      return `changes ${formatChanges(output.changes)}`;
    default:
      return unreachable(output);
  }
}

/** How a close is told: `close graceful idle`, `abort fault`, `close graceful retry-delay 5000`. */
export function spokenClose({ how, cause, retryDelayMs }: CloseOutput): string {
  const delay = retryDelayMs === undefined ? '' : ` ${retryDelayMs}`;
  return `${how === 'graceful' ? 'close graceful' : 'abort'} ${cause}${delay}`;
}

/** What is expected to be told, as `spoken` would say it: a class may be missing, which is IN. */
export function expectedSpeech(phrase: Phrase): string {
  const words = wordsOf(phrase);
  const verb = words.word('what is told').text;
  const rest: Phrase = { words: phrase.words.slice(1), end: phrase.end };
  if (verb === 'changes') return `changes ${formatChanges(readChangesText(rest))}`;
  if (!/^(?:accepted|refused|cancelled|over-limit)$/.test(verb))
    return phrase.words.map(({ text }) => text).join(' ');
  const question = formatQuestion(readShortQuestion(words));
  const more: string[] = [];
  while (words.next !== undefined) more.push(words.word('more').text);
  return [verb, question, ...more].join(' ');
}

function formatChanges(changes: readonly Change[]): string {
  return formatMessage(writeDsoMessage({ id: 0, isResponse: false, rcode: 0 }, [pushTlv(changes)])).slice(
    'PUSH '.length,
  );
}

/** Changes in the words of a PUSH, as the machine itself would read them. */
function readChangesText(phrase: Phrase): readonly Change[] {
  const [push] = readPhrase('PUSH', 1).words;
  const bytes = readMessageWords({ words: [push!, ...phrase.words], end: phrase.end });
  return readChanges(new ByteReader(bytes, 16));
}

/** `NAME TYPE` or `NAME CLASS TYPE`. */
function readShortQuestion(words: WordReader): Question {
  const name = words.name('the name');
  const isType = (text: string | undefined): boolean => text !== undefined && typeOf(text) !== undefined;
  if (!isType(words.next?.text)) return { name, class: readClass(words), type: readType(words) };
  const type = readType(words);
  if (type !== RecordType.ANY || !isType(words.next?.text)) return { name, class: RecordClass.IN, type };
  return { name, class: RecordClass.ANY, type: readType(words) };
}
