import type { Name } from '../wire/name.ts';
import { octetsOfBase32Hex } from '../wire/base-text.ts';
import { ByteReader } from '../wire/reader.ts';
import { charactersOf } from '../wire/text.ts';
import { compareOctets } from './canonical-rdata.ts';
import { TypeBitmap } from './type-bitmap.ts';

/** How names of a zone are hashed (RFC 5155 §3.1). */
export interface Nsec3Parameters {
  readonly hashAlgorithm: number;
  /** How often more than once. */
  readonly iterations: number;
  readonly salt: Uint8Array;
}

/** An NSEC3 record: what the name has whose hash is in the owner, and that no hash lies between it and the next (RFC 5155 §3). */
export interface Nsec3 extends Nsec3Parameters {
  readonly flags: number;
  /** The hash that the owner's first label spells. */
  readonly hash: Uint8Array;
  readonly nextHash: Uint8Array;
  readonly types: TypeBitmap;
}

/** The one hash there is, SHA-1 (RFC 5155 §11). */
export const NSEC3_SHA1 = 1;
const OPT_OUT_FLAG = 0x01; // RFC 5155 §3.1.2.1
const HASH_OCTETS = 20;

/**
 * Reads `hash algorithm u8 | flags u8 | iterations u16 | salt length u8 | salt | hash length u8 | next hash | type bitmap`
 * (RFC 5155 §3.2). Undefined for a record that says nothing here: one with an unknown hash or flag (RFC 5155 §8.1, §8.2), or
 * whose owner is no hash right below the zone.
 */
export function readNsec3(owner: Name, rdata: Uint8Array, zone: Name): Nsec3 | undefined {
  const reader = new ByteReader(rdata);
  const hashAlgorithm = reader.u8();
  const flags = reader.u8();
  const iterations = reader.u16();
  const salt = reader.octets(reader.u8());
  const nextHash = reader.octets(reader.u8());
  const types = TypeBitmap.read(reader);
  if (hashAlgorithm !== NSEC3_SHA1 || (flags & ~OPT_OUT_FLAG) !== 0) return undefined;
  const [label] = owner.labels;
  if (label === undefined || !owner.parent.equals(zone)) return undefined;
  const hash = octetsOfBase32Hex(charactersOf(label));
  if (hash?.length !== HASH_OCTETS || nextHash.length !== HASH_OCTETS) return undefined;
  return { hashAlgorithm, flags, iterations, salt, hash, nextHash, types };
}

/** Whether unsigned delegations may lie between the owner and the next hash (RFC 5155 §6). */
export function isOptOut({ flags }: Nsec3): boolean {
  return (flags & OPT_OUT_FLAG) !== 0;
}

/** Whether a hash lies between the owner's and the next; the last NSEC3 leads back to the first (RFC 5155 §3.1.7). */
export function coversHash({ hash, nextHash }: Nsec3, other: Uint8Array): boolean {
  const isAfter = compareOctets(hash, other) < 0;
  const isBefore = compareOctets(other, nextHash) < 0;
  const isLast = compareOctets(nextHash, hash) <= 0;
  return isLast ? (isAfter || isBefore) && compareOctets(hash, other) !== 0 : isAfter && isBefore;
}
