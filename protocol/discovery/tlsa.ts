import { hexOf, isSameOctets } from '../wire/text.ts';

/** What a TLSA record's certificate usage makes of the certificate it is about (RFC 7218 §2.1, RFC 7671 §4). */
export const TlsaUsage = { PKIX_TA: 0, PKIX_EE: 1, DANE_TA: 2, DANE_EE: 3 } as const;

/** A certificate usage that is understood. */
export type TlsaUsage = (typeof TlsaUsage)[keyof typeof TlsaUsage];

/** Which part of a certificate a record is about: all of it, or its public key (RFC 7218 §2.2). */
export const TlsaSelector = { CERTIFICATE: 0, KEY: 1 } as const;

/** How a record holds that part: as it is, or as its digest (RFC 7218 §2.3). */
export const TlsaMatching = { FULL: 0, SHA_256: 1, SHA_512: 2 } as const;

/** One TLSA record that can be used: `usage u8 | selector u8 | matching type u8 | data` (RFC 6698 §2.1). */
export interface Tlsa {
  readonly usage: TlsaUsage;
  readonly selector: 0 | 1;
  readonly matching: 0 | 1 | 2;
  readonly data: Uint8Array;
}

/** What records are held against: a certificate, and the SubjectPublicKeyInfo in it, both DER. */
export interface Certified {
  readonly certificate: Uint8Array;
  readonly key: Uint8Array;
}

/** Digests octets; whoever owns cryptography has it. */
export type Digest = (algorithm: 'sha256' | 'sha512', octets: Uint8Array) => Uint8Array;

/** Data of a matching type has this many octets; full data has its own length in it. */
const DIGEST_OCTETS = { [TlsaMatching.SHA_256]: 32, [TlsaMatching.SHA_512]: 64 } as const;

/**
 * Reads the RDATA of a TLSA record; undefined when the record is not usable: a number in it is unknown, or its data cannot be
 * what they say (RFC 6698 §4.1).
 */
export function readTlsa(rdata: Uint8Array): Tlsa | undefined {
  const [usage, selector, matching] = rdata;
  const data = rdata.subarray(3);
  if (usage !== 0 && usage !== 1 && usage !== 2 && usage !== 3) return undefined;
  if (selector !== 0 && selector !== 1) return undefined;
  if (matching !== 0 && matching !== 1 && matching !== 2) return undefined;
  const isWhole =
    matching === TlsaMatching.FULL ? isOneSequence(data) : data.length === DIGEST_OCTETS[matching];
  return isWhole ? { usage, selector, matching, data } : undefined;
}

/**
 * The records to hold against a server, out of the RDATA of all that there are: those that can be used, and of several
 * digests for the same usage and selector the strongest alone. Who can make a weaker one collide gains nothing as long as
 * the domain publishes a stronger one too (RFC 7671 §9).
 */
export function usableTlsa(rdatas: readonly Uint8Array[]): readonly Tlsa[] {
  const usable = rdatas.flatMap((rdata) => readTlsa(rdata) ?? []);
  const strongest = (of: Tlsa): number =>
    Math.max(
      ...usable
        .filter(({ usage, selector }) => usage === of.usage && selector === of.selector)
        .map(({ matching }) => matching),
    );
  return usable.filter((tlsa) => tlsa.matching === TlsaMatching.FULL || tlsa.matching === strongest(tlsa));
}

/** Whether a record is about this certificate (RFC 6698 §2.1). */
export function isAbout({ selector, matching, data }: Tlsa, certified: Certified, digest: Digest): boolean {
  const part = selector === TlsaSelector.CERTIFICATE ? certified.certificate : certified.key;
  switch (matching) {
    case TlsaMatching.FULL:
      return isSameOctets(part, data);
    case TlsaMatching.SHA_256:
      return isSameOctets(digest('sha256', part), data);
    case TlsaMatching.SHA_512:
      return isSameOctets(digest('sha512', part), data);
  }
}

/** A record as people write it, on one line: `3 1 1 8d02536c…`. */
export function tlsaText({ usage, selector, matching, data }: Tlsa): string {
  return `${usage} ${selector} ${matching} ${hexOf(data)}`;
}

/** Certificates and public keys are one DER SEQUENCE each (X.690 §8.1, RFC 5280 §4.1): whether octets have at least that form. */
function isOneSequence(octets: Uint8Array): boolean {
  const [tag, first = 0] = octets;
  if (tag !== 0x30) return false;
  if (first < 0x80) return octets.length === 2 + first;
  const lengthOctets = first & 0x7f;
  if (lengthOctets === 0 || lengthOctets > 3 || octets.length < 2 + lengthOctets) return false;
  const length = octets.subarray(2, 2 + lengthOctets).reduce((value, octet) => value * 256 + octet, 0);
  return octets.length === 2 + lengthOctets + length;
}
