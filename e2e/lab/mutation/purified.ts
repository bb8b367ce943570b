import type { DnsMessage } from '../../../protocol/wire/message.ts';
import type { ResourceRecord } from '../../../protocol/wire/record.ts';
import { recordKey } from '../../../protocol/wire/record.ts';
import { RecordType } from '../../../protocol/wire/registry.ts';

/**
 * What is true of an altered answer, in the form of the true one. A validator may refuse an answer for what does not belong into it, or
 * pass on what it could prove and drop the rest, as Herald and BIND do; what is proven must be so to all of them. The SOA record of a
 * denial, without which many take it for no denial at all, proves nothing, and is put back.
 */
export function purified(altered: DnsMessage, truth: DnsMessage): DnsMessage {
  const soa = new Set(truth.authorities.filter(isOfSoa));
  const kept = (section: 'answers' | 'authorities'): readonly ResourceRecord[] => {
    const there = new Set(altered[section].map(recordKey));
    return truth[section].filter((record) => there.has(recordKey(record)) || soa.has(record));
  };
  return { ...truth, answers: kept('answers'), authorities: kept('authorities') };
}

/** A SOA record or the signature over one. */
function isOfSoa({ type, rdata }: ResourceRecord): boolean {
  return (
    type === RecordType.SOA || (type === RecordType.RRSIG && rdata[1] === RecordType.SOA && rdata[0] === 0)
  );
}
