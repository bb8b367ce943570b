import { ipv4Rdata, ipv6Rdata } from '../wire/rdata.ts';
import type { ResourceRecord } from '../wire/record.ts';
import { RecordType } from '../wire/registry.ts';

/** The addresses in A and AAAA records as text: IPv4 first, each kind in numerical order, none twice. */
export function addressTexts(records: readonly ResourceRecord[]): readonly string[] {
  const texts = records.toSorted(compare).map(addressText);
  return texts.filter((text, at) => text !== texts[at - 1]);
}

function compare(one: ResourceRecord, other: ResourceRecord): number {
  if (one.type !== other.type) return one.type - other.type; // A is 1, AAAA is 28
  const at = one.rdata.findIndex((octet, index) => octet !== other.rdata[index]);
  return at === -1 ? 0 : one.rdata[at]! - other.rdata[at]!;
}

function addressText({ type, rdata }: ResourceRecord): string {
  return type === RecordType.A ? ipv4Rdata(rdata) : ipv6Rdata(rdata);
}
