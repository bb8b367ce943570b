import type { Name } from '../wire/name.ts';
import { ByteReader } from '../wire/reader.ts';
import { compareNames } from './canonical-name.ts';
import { TypeBitmap } from './type-bitmap.ts';

/** An NSEC record: what its owner has, and that nothing lies between it and the next name (RFC 4034 §4). */
export interface Nsec {
  readonly owner: Name;
  readonly next: Name;
  readonly types: TypeBitmap;
}

/** Reads `next name | type bitmap` (RFC 4034 §4.1). */
export function readNsec(owner: Name, rdata: Uint8Array): Nsec {
  const reader = new ByteReader(rdata);
  return { owner, next: reader.name(), types: TypeBitmap.read(reader) };
}

/** Whether a name lies between the owner and the next name; the last NSEC of a zone leads back to its apex (RFC 4034 §4.1.1). */
export function covers({ owner, next }: Nsec, name: Name): boolean {
  if (compareNames(owner, name) >= 0) return false;
  const isLast = compareNames(next, owner) <= 0;
  return isLast || compareNames(name, next) < 0;
}
