import { ByteReader } from '../wire/reader.ts';
import { RecordType } from '../wire/registry.ts';
import { FOLDED } from '../wire/text.ts';

/** Where the names in an RDATA stand: behind so many octets, and how many. */
interface NamePlaces {
  readonly before: number;
  readonly names: number;
}

const ONE_NAME: NamePlaces = { before: 0, names: 1 };
const TWO_NAMES: NamePlaces = { before: 0, names: 2 };
const PREFERENCE: NamePlaces = { before: 2, names: 1 };

/**
 * The types whose RDATA has names that are signed in lower case: the list of RFC 4034 §6.2 as RFC 6840 §5.1 mends it, so
 * without HINFO and NSEC; NAPTR is apart, and A6, SIG and NXT are gone from DNS. In all others case is part of what is signed.
 */
const NAME_PLACES: ReadonlyMap<number, NamePlaces> = new Map([
  [RecordType.NS, ONE_NAME],
  [3, ONE_NAME], // MD
  [4, ONE_NAME], // MF
  [RecordType.CNAME, ONE_NAME],
  [RecordType.SOA, TWO_NAMES],
  [7, ONE_NAME], // MB
  [8, ONE_NAME], // MG
  [9, ONE_NAME], // MR
  [RecordType.PTR, ONE_NAME],
  [14, TWO_NAMES], // MINFO
  [RecordType.MX, PREFERENCE],
  [RecordType.RP, TWO_NAMES],
  [RecordType.AFSDB, PREFERENCE],
  [RecordType.RT, PREFERENCE],
  [RecordType.PX, { before: 2, names: 2 }],
  [RecordType.SRV, { before: 6, names: 1 }],
  [RecordType.KX, PREFERENCE],
  [RecordType.DNAME, ONE_NAME],
]);

/** Expanded RDATA as it is signed (RFC 4034 §6.2). RDATA that does not parse is a `ProtocolError`. */
export function canonicalRdata(type: number, rdata: Uint8Array): Uint8Array {
  const start = startOfNames(type, rdata);
  if (start === undefined) return rdata;
  const reader = new ByteReader(rdata, start);
  const names = NAME_PLACES.get(type)?.names ?? 1;
  for (let left = names; left > 0; left--) reader.name();
  const end = reader.position;
  return rdata.map((octet, at) => (at >= start && at < end ? FOLDED[octet]! : octet));
}

/** Octet by octet, a shorter one first where they are equal so far (RFC 4034 §6.3). */
export function compareOctets(one: Uint8Array, other: Uint8Array): number {
  const shared = Math.min(one.length, other.length);
  for (let at = 0; at < shared; at++) {
    const difference = one[at]! - other[at]!;
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

function startOfNames(type: number, rdata: Uint8Array): number | undefined {
  if (type === RecordType.NAPTR) return endOfNaptrTexts(rdata);
  return NAME_PLACES.get(type)?.before;
}

/** The replacement stands behind order, preference and three character-strings (RFC 3403 §4.1). */
function endOfNaptrTexts(rdata: Uint8Array): number {
  const reader = new ByteReader(rdata, 4);
  for (let texts = 3; texts > 0; texts--) reader.skip(reader.u8());
  return reader.position;
}
