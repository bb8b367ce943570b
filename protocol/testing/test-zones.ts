import type { Change } from '../push/change.ts';
import { coversType } from '../push/coverage.ts';
import type { PushZones } from '../push/server.ts';
import { readRecordWords } from '../transcript-record.ts';
import { readPhrase, wordsOf } from '../transcript-words.ts';
import { ProtocolError, unreachable } from '../errors.ts';
import type { DnsMessage } from '../wire/message.ts';
import { readMessage, writeMessage } from '../wire/message.ts';
import { Name } from '../wire/name.ts';
import type { Question, ResourceRecord } from '../wire/record.ts';
import { recordKey } from '../wire/record.ts';

/** Zones as small as the tests of a push server need them. */
export class TestZones implements PushZones {
  readonly #origins: readonly Name[];
  readonly #records = new Map<string, ResourceRecord>();

  /** `records` has one a line: `laser1.example.com. 120 IN A 192.0.2.7`. */
  constructor(origins: readonly string[], records = '') {
    this.#origins = origins.map((origin) => Name.of(origin));
    for (const [at, line] of records.split('\n').entries()) {
      const phrase = readPhrase(line, at + 1);
      if (phrase.words.length > 0) this.#put(readRecordWords(wordsOf(phrase)));
    }
  }

  isAuthoritative(name: Name): boolean {
    return this.#origins.some((origin) => name.isWithin(origin));
  }

  matching(question: Question): readonly ResourceRecord[] {
    return this.#at(question.name).filter((record) => coversType(question, record.type, record.class));
  }

  /** Answers with what it has, and says nothing of authority, of which these tests do not ask. */
  answer(query: Uint8Array): Uint8Array | undefined {
    const message = readable(query);
    if (message === undefined) return undefined;
    const answers = message.questions.flatMap((question) => this.matching(question));
    return writeMessage({ ...message, isResponse: true, isAuthoritative: true, answers, additionals: [] });
  }

  /** Makes a change come true. */
  apply(change: Change): void {
    switch (change.kind) {
      case 'add':
        this.#put(change.record);
        return;
      case 'remove':
        this.#records.delete(recordKey(change.record));
        return;
      case 'remove-rrset':
      case 'remove-class':
      case 'remove-name':
        throw new TypeError('a zone is changed record by record');
      default:
        unreachable(change);
    }
  }

  #put(record: ResourceRecord): void {
    this.#records.set(recordKey(record), record);
  }

  #at(name: Name): readonly ResourceRecord[] {
    return [...this.#records.values()].filter((record) => record.name.equals(name));
  }
}

function readable(bytes: Uint8Array): DnsMessage | undefined {
  try {
    return readMessage(bytes);
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}
