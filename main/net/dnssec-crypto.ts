import type { KeyObject } from 'node:crypto';
import { createHash, createPublicKey, verify } from 'node:crypto';
import type { DnssecCrypto } from '../../protocol/dnssec/dnssec-crypto.ts';

/** What takes the keys and signatures of one algorithm. */
interface Scheme {
  readonly hash: 'sha256' | 'sha384' | 'sha512' | null;
  /** Undefined for octets that are no key of the algorithm, or one that is too weak or too costly. */
  readonly keyOf: (octets: Uint8Array) => KeyObject | undefined;
  readonly signatureOctets?: number;
}

/** Those of RFC 8624 §3.1 that validators must know, and Ed25519. Ed448 is in OpenSSL and not in Electron's BoringSSL. */
const SCHEMES: ReadonlyMap<number, Scheme> = new Map<number, Scheme>([
  [8, { hash: 'sha256', keyOf: (octets) => rsaKey(octets, 512) }], // RFC 5702 §2.1
  [10, { hash: 'sha512', keyOf: (octets) => rsaKey(octets, 1024) }], // RFC 5702 §2.2
  [13, { hash: 'sha256', keyOf: (octets) => ecKey(octets, 'P-256', 32), signatureOctets: 64 }], // RFC 6605 §4
  [14, { hash: 'sha384', keyOf: (octets) => ecKey(octets, 'P-384', 48), signatureOctets: 96 }], // RFC 6605 §4
  [15, { hash: null, keyOf: ed25519Key, signatureOctets: 64 }], // RFC 8080 §3, §4
]);

/** RFC 8624 §3.3 without SHA-1, with which a delegation counts as not signed (RFC 9905 §2). */
const DIGESTS: ReadonlyMap<number, string> = new Map([
  [2, 'sha256'],
  [4, 'sha384'],
]);

/** RFC 5702 §2.1: no longer key is used, and the time that a check takes grows with its square. */
const MAX_RSA_BITS = 4096;
/** An exponent is as costly as it is long; BoringSSL takes none over 33 bits, and keys in use have 65537 or 3. */
const MAX_EXPONENT_OCTETS = 4;

/** DNSSEC's cryptography by Node's, which is OpenSSL's in Node and BoringSSL's in Electron. */
export const nodeDnssecCrypto: DnssecCrypto = {
  knowsAlgorithm: (algorithm) => SCHEMES.has(algorithm),
  knowsDigest: (digestType) => DIGESTS.has(digestType),
  verify: (algorithm, publicKey, data, signature) => {
    const scheme = SCHEMES.get(algorithm);
    if (scheme === undefined) return false;
    if (scheme.signatureOctets !== undefined && signature.length !== scheme.signatureOctets) return false;
    const key = scheme.keyOf(publicKey);
    return key !== undefined && isSignature(scheme.hash, data, key, signature);
  },
  digest: (digestType, data) => {
    const hash = DIGESTS.get(digestType);
    if (hash === undefined) throw new TypeError(`digest type ${digestType} is not known`);
    return createHash(hash).update(data).digest();
  },
  sha1: (data) => createHash('sha1').update(data).digest(),
};

function isSignature(hash: string | null, data: Uint8Array, key: KeyObject, signature: Uint8Array): boolean {
  try {
    return verify(hash, data, { key, dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    // What a library says of a signature that it cannot read does not matter: it is none.
    return false;
  }
}

/** `exponent length u8, or 0 and u16 | exponent | modulus` (RFC 3110 §2). */
function rsaKey(octets: Uint8Array, minBits: number): KeyObject | undefined {
  const isLong = octets[0] === 0;
  const length = isLong ? (octets[1]! << 8) | octets[2]! : octets[0]!;
  const start = isLong ? 3 : 1;
  const exponent = withoutZeros(octets.subarray(start, start + length));
  const modulus = withoutZeros(octets.subarray(start + length));
  const bits = modulus.length * 8 - (modulus.length === 0 ? 0 : Math.clz32(modulus[0]!) - 24);
  const isFit =
    exponent.length > 0 && exponent.length <= MAX_EXPONENT_OCTETS && bits >= minBits && bits <= MAX_RSA_BITS;
  return isFit ? keyOfJwk({ kty: 'RSA', n: base64url(modulus), e: base64url(exponent) }) : undefined;
}

/** `x | y` (RFC 6605 §4). */
function ecKey(octets: Uint8Array, curve: string, length: number): KeyObject | undefined {
  if (octets.length !== 2 * length) return undefined;
  const [x, y] = [octets.subarray(0, length), octets.subarray(length)];
  return keyOfJwk({ kty: 'EC', crv: curve, x: base64url(x), y: base64url(y) });
}

/** The 32 octets of RFC 8032 §5.1.5 (RFC 8080 §3). */
function ed25519Key(octets: Uint8Array): KeyObject | undefined {
  return octets.length === 32 ? keyOfJwk({ kty: 'OKP', crv: 'Ed25519', x: base64url(octets) }) : undefined;
}

function keyOfJwk(key: Readonly<Record<string, string>>): KeyObject | undefined {
  try {
    return createPublicKey({ key, format: 'jwk' });
  } catch {
    // A point off the curve, say: the zone publishes no key.
    return undefined;
  }
}

function base64url(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('base64url');
}

function withoutZeros(octets: Uint8Array): Uint8Array {
  const start = octets.findIndex((octet) => octet !== 0);
  return start < 0 ? new Uint8Array() : octets.subarray(start);
}
