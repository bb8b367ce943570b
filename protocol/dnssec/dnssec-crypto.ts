/**
 * What DNSSEC needs of cryptography, supplied by whoever runs it. Synchronous and without a memory; nothing in it throws
 * for what a zone publishes: a key that is none verifies nothing.
 */
export interface DnssecCrypto {
  /** Whether signatures of this algorithm can be checked (RFC 8624 §3.1). A zone that has no other counts as not signed. */
  knowsAlgorithm(algorithm: number): boolean;
  /** Whether DS records with this digest type can be checked (RFC 8624 §3.3). */
  knowsDigest(digestType: number): boolean;
  /** Whether the signature over the data is the key's; key and signature as DNSKEY and RRSIG records have them. */
  verify(algorithm: number, publicKey: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean;
  /** The digest of the data, for a type that is known. */
  digest(digestType: number, data: Uint8Array): Uint8Array;
  /** The one hash that NSEC3 has (RFC 5155 §11). */
  sha1(data: Uint8Array): Uint8Array;
}
