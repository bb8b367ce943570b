import { ProtocolError } from '../errors.ts';
import type { Name } from '../wire/name.ts';
import { ByteReader } from '../wire/reader.ts';

/** RDATA of an RRSIG record (RFC 4034 §3.1). */
export interface Rrsig {
  readonly typeCovered: number;
  readonly algorithm: number;
  /** Labels of the signed owner, root and `*` not counted: fewer than the owner has, where a wildcard was expanded. */
  readonly labels: number;
  readonly originalTtlSeconds: number;
  /** Seconds since 1970, modulo 2^32. */
  readonly expiration: number;
  /** Seconds since 1970, modulo 2^32. */
  readonly inception: number;
  readonly keyTag: number;
  readonly signer: Name;
  readonly signature: Uint8Array;
  /** The first 18 octets of the RDATA: all that stands before the signer's name. */
  readonly head: Uint8Array;
}

const HEAD_OCTETS = 18;

/** Reads `type u16 | algorithm u8 | labels u8 | TTL u32 | expiration u32 | inception u32 | tag u16 | signer | signature`. */
export function readRrsig(rdata: Uint8Array): Rrsig {
  const reader = new ByteReader(rdata);
  const head = {
    typeCovered: reader.u16(),
    algorithm: reader.u8(),
    labels: reader.u8(),
    originalTtlSeconds: reader.u32(),
    expiration: reader.u32(),
    inception: reader.u32(),
    keyTag: reader.u16(),
  };
  const signer = reader.name();
  if (HEAD_OCTETS + signer.wire.length !== reader.position)
    throw new ProtocolError('RFC 4034 §3.1.7', "a signer's name is compressed", HEAD_OCTETS);
  const signature = reader.octets(reader.bytesLeft);
  return { ...head, signer, signature, head: rdata.subarray(0, HEAD_OCTETS) };
}

/**
 * How far the clocks of a signer and of this machine may differ: a signature counts five minutes before its inception and
 * five after its expiration. More would let an old answer be replayed longer; less would call a machine's drift an attack.
 */
export const CLOCK_SKEW_SECONDS = 300;

/** When a signature counts, as seen at one moment. */
export type Validity =
  /** `secondsLeft` until the expiration, not below 0. */
  { readonly kind: 'current'; readonly secondsLeft: number } | { readonly kind: 'expired' | 'not-yet' };

/** Whether a signature counts at `nowSeconds` since 1970, in serial number arithmetic (RFC 4034 §3.1.5, RFC 1982). */
export function validityOf({ inception, expiration }: Rrsig, nowSeconds: number): Validity {
  if (serialDifference(nowSeconds, inception) < -CLOCK_SKEW_SECONDS) return { kind: 'not-yet' };
  const secondsLeft = serialDifference(expiration, nowSeconds);
  // A period that ends before it begins is none, whenever it is looked at.
  const isBackward = serialDifference(expiration, inception) < 0;
  if (secondsLeft < -CLOCK_SKEW_SECONDS || isBackward) return { kind: 'expired' };
  return { kind: 'current', secondsLeft: Math.max(0, secondsLeft) };
}

/** How far `one` is ahead of `other` on the circle of 32 bits: from -2^31 to 2^31 - 1. */
function serialDifference(one: number, other: number): number {
  return ((one >>> 0) - (other >>> 0)) | 0;
}
