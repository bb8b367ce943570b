import { Name } from '../wire/name.ts';
import type { ResourceRecord } from '../wire/record.ts';
import { RecordClass } from '../wire/registry.ts';
import { ByteWriter } from '../wire/writer.ts';
import { ancestorOf, canonicalName } from './canonical-name.ts';
import { canonicalRdata, compareOctets } from './canonical-rdata.ts';
import type { Rrsig } from './rrsig.ts';

const WILDCARD_LABEL = Uint8Array.of(0x2a);

/**
 * What a signature is over: its RDATA without itself, then each record in canonical form and order, with the owner that was
 * signed, the wildcard where one was expanded, and with the TTL that was signed (RFC 4034 §3.1.8.1, RFC 4035 §5.3.2).
 * Records that say the same twice count once (RFC 4034 §6.3). RDATA that does not parse is a `ProtocolError`.
 */
export function signedData(
  rrsig: Rrsig,
  owner: Name,
  type: number,
  records: readonly ResourceRecord[],
): Uint8Array {
  const writer = new ByteWriter(1024);
  writer.octets(rrsig.head);
  writer.octets(canonicalName(rrsig.signer));
  const signedOwner = canonicalName(ownerAsSigned(rrsig, owner));
  const rdatas = records.map(({ rdata }) => canonicalRdata(type, rdata)).sort(compareOctets);
  for (const [at, rdata] of rdatas.entries()) {
    if (at > 0 && compareOctets(rdatas[at - 1]!, rdata) === 0) continue;
    writer.octets(signedOwner);
    writer.u16(type);
    writer.u16(RecordClass.IN);
    writer.u32(rrsig.originalTtlSeconds);
    writer.u16(rdata.length);
    writer.octets(rdata);
  }
  return writer.finish();
}

/** The owner that the signature is over: the wildcard where it counts fewer labels than the owner has (RFC 4035 §5.3.2). */
function ownerAsSigned({ labels }: Rrsig, owner: Name): Name {
  if (labels >= owner.labelCount) return owner;
  // For an owner that is a wildcard itself, the same comes of it: `*` is not counted.
  return Name.ofLabels([WILDCARD_LABEL, ...ancestorOf(owner, labels).labels]);
}
