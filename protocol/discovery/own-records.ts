import type { Question, ResourceRecord } from '../wire/record.ts';
import { Rcode, RecordType } from '../wire/registry.ts';
import { lifetimeSeconds, ttlSecondsOf } from './lifetime.ts';
import { errorReason } from './lookup.ts';
import type { Reply } from './procedure.ts';
import { bogusReason } from './security.ts';

/** What an answer says of the very name that was asked for. */
export type OwnRecords =
  | {
      readonly kind: 'records';
      /** All that the name has of the type, and its alias, if it is one; none when there is nothing. */
      readonly records: readonly ResourceRecord[];
      /** How many seconds this may be used instead of asking again. */
      readonly ttlSeconds: number;
    }
  /** It could not be learned. */
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * Reads the reply to a question as a subscription to it would tell it: the records of that name and type, or the CNAME there,
 * whose target is another question (RFC 8765 §2, §6.3.1).
 */
export function ownRecords(question: Question, reply: Reply): OwnRecords {
  if (reply.kind === 'failed') return { kind: 'failed', reason: reply.reason };
  const { message, security } = reply;
  const { name, type } = question;
  if (security?.kind === 'bogus') return { kind: 'failed', reason: bogusReason(name, security.reason) };
  const { rcode } = message;
  if (rcode !== Rcode.NOERROR && rcode !== Rcode.NXDOMAIN)
    return { kind: 'failed', reason: errorReason(name, rcode) };
  const own = message.answers.filter(
    (record) =>
      record.name.equals(name) &&
      record.class === question.class &&
      (record.type === type || record.type === RecordType.CNAME) &&
      record.rdata.length > 0,
  );
  const records = own.map((record) => ({ ...record, ttlSeconds: ttlSecondsOf(record) }));
  return { kind: 'records', records, ttlSeconds: lifetimeSeconds(message, question) };
}
