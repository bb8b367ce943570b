import { readFileSync } from 'node:fs';
import type { DnsMessage } from '../../wire/message.ts';
import { emptyMessage } from '../../wire/message.ts';
import { readEntries } from '../../wire/master-tokens.ts';
import { WordReader } from '../../wire/master-words.ts';
import { Name } from '../../wire/name.ts';
import { readRdataText } from '../../wire/rdata-text.ts';
import type { Question, ResourceRecord } from '../../wire/record.ts';
import { RecordClass, RecordType, typeName, typeOf } from '../../wire/registry.ts';
import type { Rrsig } from '../rrsig.ts';
import { readRrsig } from '../rrsig.ts';

/** The records of a text in the form of master files, every line with owner, TTL, class IN and type. */
export function recordsOf(text: string): readonly ResourceRecord[] {
  return readEntries(text).map(({ tokens, end }) => {
    const words = new WordReader(tokens, end, undefined);
    const name = words.name('the owner');
    const ttlSeconds = words.seconds('the TTL');
    words.word('the class');
    const type = typeOf(words.word('the type').text)!;
    return { name, type, class: RecordClass.IN, ttlSeconds, rdata: readRdataText(type, words) };
  });
}

/** The records of a file beside this one. */
export function recordsOfFile(file: string): readonly ResourceRecord[] {
  return recordsOf(readFileSync(new URL(file, import.meta.url), 'utf8'));
}

/** Some sets of a zone with their signatures, each named `owner TYPE`. */
export function setsOf(
  zone: readonly ResourceRecord[],
  ...wanted: readonly string[]
): readonly ResourceRecord[] {
  return wanted.flatMap((line) => {
    const { name, type } = asked(line);
    const found = zone.filter(
      (record) =>
        record.name.equals(name) && (record.type === type || signatureOf(record)?.typeCovered === type),
    );
    if (found.length === 0) throw new Error(`the zone has no ${line}`);
    return found;
  });
}

/** The question that `owner TYPE` asks. */
export function asked(line: string): Question {
  const [owner = '', type = ''] = line.split(' ');
  return { name: Name.of(owner), type: typeOf(type)!, class: RecordClass.IN };
}

/** A response with some parts given. */
export function response(parts: Partial<DnsMessage>): DnsMessage {
  return { ...emptyMessage(0), isResponse: true, ...parts };
}

/** `owner TYPE` of a question. */
export function spoken({ name, type }: Question): string {
  return `${name.toString()} ${typeName(type)}`;
}

function signatureOf(record: ResourceRecord): Rrsig | undefined {
  return record.type === RecordType.RRSIG ? readRrsig(record.rdata) : undefined;
}
