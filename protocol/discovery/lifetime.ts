import type { DnsMessage } from '../wire/message.ts';
import { soaRdata } from '../wire/rdata.ts';
import type { Question, ResourceRecord } from '../wire/record.ts';
import { Rcode, RecordType } from '../wire/registry.ts';

/** Nothing is kept longer, whatever its TTL says (RFC 8767 §4: seven days). */
const MAX_LIFETIME_SECONDS = 604_800;
/** RFC 2308 §5: one to three hours work well for negative answers. */
const MAX_NEGATIVE_LIFETIME_SECONDS = 10_800;

/** How many seconds a record of an ordinary answer may be used: a TTL with the top bit set is none (RFC 2181 §8). */
export function ttlSecondsOf(record: ResourceRecord): number {
  return record.ttlSeconds > 0x7fff_ffff ? 0 : Math.min(record.ttlSeconds, MAX_LIFETIME_SECONDS);
}

/** How many seconds it may be believed, on the word of this SOA record, that something does not exist (RFC 2308 §5). */
export function negativeSecondsOf(soa: ResourceRecord): number {
  if (soa.rdata.length === 0) return 0;
  return Math.min(ttlSecondsOf(soa), soaRdata(soa.rdata).minimumSeconds, MAX_NEGATIVE_LIFETIME_SECONDS);
}

/**
 * How many seconds a whole answer may be used instead of asking again; 0 for one that says nothing lasting: an error, a
 * truncated message, a denial without a SOA record (RFC 2308 §5).
 */
export function lifetimeSeconds(message: DnsMessage, question: Question): number {
  const { rcode, answers } = message;
  if (message.isTruncated || (rcode !== Rcode.NOERROR && rcode !== Rcode.NXDOMAIN)) return 0;
  const positive = answers.map(ttlSecondsOf);
  const isDenial = rcode === Rcode.NXDOMAIN || !answers.some((record) => answersType(record, question.type));
  if (!isDenial) return Math.min(...positive);
  const soa = message.authorities.find((record) => record.type === RecordType.SOA);
  return soa === undefined ? 0 : Math.min(negativeSecondsOf(soa), ...positive);
}

function answersType(record: ResourceRecord, type: number): boolean {
  return record.type === type || type === RecordType.ANY;
}
