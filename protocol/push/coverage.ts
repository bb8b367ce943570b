import type { Question } from '../wire/record.ts';
import { RecordClass, RecordType } from '../wire/registry.ts';

/**
 * Whether a subscription to `question` is told of the records of this TYPE and CLASS at its name: the type asked for,
 * any type where 255 is asked for, and CNAME always, because a query would have been answered with it
 * (RFC 8765 §6.3.1, §2).
 */
export function coversType(question: Question, type: number, recordClass: number): boolean {
  const typeMatches = question.type === type || question.type === RecordType.ANY || type === RecordType.CNAME;
  return typeMatches && (question.class === recordClass || question.class === RecordClass.ANY);
}

/** Whether a subscription to `question` is told of this record; names are held equal as DNS does (RFC 8765 §6.3.1). */
export function covers(question: Question, record: Question): boolean {
  return coversType(question, record.type, record.class) && question.name.equals(record.name);
}
