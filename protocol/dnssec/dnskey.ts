import { ByteReader } from '../wire/reader.ts';

/** RDATA of a DNSKEY record (RFC 4034 §2.1). */
export interface Dnskey {
  readonly flags: number;
  readonly protocol: number;
  readonly algorithm: number;
  readonly publicKey: Uint8Array;
  /** What RRSIG and DS records name it by; several keys may have the same (RFC 4034 Appendix B). */
  readonly keyTag: number;
  readonly rdata: Uint8Array;
}

const ZONE_FLAG = 0x0100; // RFC 4034 §2.1.1
const REVOKE_FLAG = 0x0080; // RFC 5011 §3
const PROTOCOL = 3; // RFC 4034 §2.1.2

/** Reads `flags u16 | protocol u8 | algorithm u8 | public key` (RFC 4034 §2.1). */
export function readDnskey(rdata: Uint8Array): Dnskey {
  const reader = new ByteReader(rdata);
  return {
    flags: reader.u16(),
    protocol: reader.u8(),
    algorithm: reader.u8(),
    publicKey: reader.octets(reader.bytesLeft),
    keyTag: keyTagOf(rdata),
    rdata,
  };
}

/** Whether a key may sign its zone's records: it says so, and is not revoked (RFC 4034 §2.1.1, RFC 5011 §2.1). */
export function isZoneKey({ flags, protocol }: Dnskey): boolean {
  return (flags & ZONE_FLAG) !== 0 && (flags & REVOKE_FLAG) === 0 && protocol === PROTOCOL;
}

/** The tag of a key by its RDATA, of any algorithm but 1, which nobody uses any more (RFC 4034 Appendix B). */
export function keyTagOf(rdata: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < rdata.length; at++) sum += at % 2 === 0 ? rdata[at]! << 8 : rdata[at]!;
  return (sum + (sum >>> 16)) & 0xffff;
}
