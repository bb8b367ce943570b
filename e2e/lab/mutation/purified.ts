import { readRrsig } from '../../../protocol/dnssec/rrsig.ts';
import type { DnsMessage } from '../../../protocol/wire/message.ts';
import type { ResourceRecord } from '../../../protocol/wire/record.ts';
import { questionKey, recordKey } from '../../../protocol/wire/record.ts';
import { RecordType } from '../../../protocol/wire/registry.ts';
import { hexOf } from '../../../protocol/wire/text.ts';

/**
 * What is true of an altered answer, in the form of the true one. A validator may refuse an answer for what does not belong into it, or
 * pass on what it could prove and drop the rest, as Herald and BIND do; what is proven must be so to all of them. The SOA record of a
 * denial, without which many take it for no denial at all, proves nothing, and is put back.
 */
export function purified(altered: DnsMessage, truth: DnsMessage): DnsMessage {
  const soa = new Set(truth.authorities.filter(isOfSoa));
  const kept = (section: 'answers' | 'authorities'): readonly ResourceRecord[] => {
    const there = new Set(altered[section].map(signedKey));
    return truth[section].filter((record) => there.has(signedKey(record)) || soa.has(record));
  };
  return { ...truth, answers: kept('answers'), authorities: kept('authorities') };
}

/** A SOA record or the signature over one. */
function isOfSoa({ type, rdata }: ResourceRecord): boolean {
  return (
    type === RecordType.SOA || (type === RecordType.RRSIG && rdata[1] === RecordType.SOA && rdata[0] === 0)
  );
}

/** Equal for records that are the same to a validator: to it, a signature has no letter case in the name of its signer (RFC 4034 §3.1.7). */
function signedKey(record: ResourceRecord): string {
  if (record.type !== RecordType.RRSIG) return recordKey(record);
  try {
    const { head, signer, signature } = readRrsig(record.rdata);
    return `${questionKey(record)} ${hexOf(head)} ${signer.key} ${hexOf(signature)}`;
  } catch {
    return recordKey(record); // it cannot be read, and so is none of the truth
  }
}
