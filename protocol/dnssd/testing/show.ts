import type { RecordDelta } from '../../wire/record-delta.ts';
import type { Question, ResourceRecord } from '../../wire/record.ts';
import { className, RecordClass, typeName } from '../../wire/registry.ts';
import { hexOf } from '../../wire/text.ts';

/** A question as text: `_ipp._tcp.test. PTR`. */
export function questionText({ name, type, class: recordClass }: Question): string {
  const suffix = recordClass === RecordClass.IN ? '' : ` ${className(recordClass)}`;
  return `${name.toString()} ${typeName(type)}${suffix}`;
}

/** A record as text, its RDATA in hexadecimal. */
export function recordText(record: ResourceRecord): string {
  return `${questionText(record)} ${record.ttlSeconds} ${hexOf(record.rdata)}`;
}

/** Deltas as text, `+` added, `-` removed, `~` refreshed, `?` doubted, `!` confirmed, in no order. */
export function deltaTexts(deltas: readonly RecordDelta[]): readonly string[] {
  const sign = { added: '+', removed: '-', refreshed: '~', doubted: '?', confirmed: '!' } as const;
  return deltas.map(({ kind, record }) => `${sign[kind]} ${recordText(record)}`).toSorted();
}
