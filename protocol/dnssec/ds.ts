import type { Name } from '../wire/name.ts';
import { ByteReader } from '../wire/reader.ts';
import { canonicalName } from './canonical-name.ts';

/** RDATA of a DS record: a key of a zone, vouched for by the zone above it (RFC 4034 §5.1). */
export interface Ds {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  readonly digest: Uint8Array;
}

/** Reads `tag u16 | algorithm u8 | digest type u8 | digest` (RFC 4034 §5.1). */
export function readDs(rdata: Uint8Array): Ds {
  const reader = new ByteReader(rdata);
  return {
    keyTag: reader.u16(),
    algorithm: reader.u8(),
    digestType: reader.u8(),
    digest: reader.octets(reader.bytesLeft),
  };
}

/** What the digest of a DS record is taken of: the owner of the key and its RDATA (RFC 4034 §5.1.4). */
export function dsInput(owner: Name, dnskeyRdata: Uint8Array): Uint8Array {
  const name = canonicalName(owner);
  const input = new Uint8Array(name.length + dnskeyRdata.length);
  input.set(name);
  input.set(dnskeyRdata, name.length);
  return input;
}
