import type { KeyObject } from 'node:crypto';
import { generateKeyPairSync, sign } from 'node:crypto';
import { element, objectIdentifier, sequence } from '../../demo/der.ts';

/** The kinds of keys that certificates of the tests have. */
export type KeyKind = 'P-256' | 'P-384' | 'P-521' | 'Ed25519' | 'RSA-2048' | 'RSA-1024' | 'RSA-PSS';

/** A key with its public half. */
export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** Makes a key. */
export function keyPair(kind: KeyKind): KeyPair {
  switch (kind) {
    case 'P-256':
    case 'P-384':
    case 'P-521':
      return generateKeyPairSync('ec', { namedCurve: kind });
    case 'Ed25519':
      return generateKeyPairSync('ed25519');
    case 'RSA-2048':
      return generateKeyPairSync('rsa', { modulusLength: 2048 });
    case 'RSA-1024':
      return generateKeyPairSync('rsa', { modulusLength: 1024 });
    case 'RSA-PSS':
      return generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
  }
}

const NULL = element(0x05);

/** AlgorithmIdentifiers (RFC 3279 §2.2, RFC 4055 §5, RFC 5758 §3.2, RFC 8410 §3) of the digests that the tests sign with. */
const ALGORITHMS = {
  ec: {
    sha256: sequence(objectIdentifier('1.2.840.10045.4.3.2')),
    sha1: sequence(objectIdentifier('1.2.840.10045.4.1')),
  },
  rsa: {
    sha256: sequence(objectIdentifier('1.2.840.113549.1.1.11'), NULL),
    sha1: sequence(objectIdentifier('1.2.840.113549.1.1.5'), NULL),
  },
} as const;

/** How a key signs, and its signature of octets. */
export function signed(
  octets: (algorithm: Uint8Array) => Uint8Array,
  key: KeyObject,
  digest: 'sha256' | 'sha1',
): { readonly algorithm: Uint8Array; readonly toBeSigned: Uint8Array; readonly signature: Uint8Array } {
  const isEdwards = key.asymmetricKeyType === 'ed25519';
  const family = key.asymmetricKeyType === 'ec' ? ALGORITHMS.ec : ALGORITHMS.rsa;
  const algorithm = isEdwards ? sequence(objectIdentifier('1.3.101.112')) : family[digest];
  const toBeSigned = octets(algorithm);
  return { algorithm, toBeSigned, signature: sign(isEdwards ? null : digest, toBeSigned, key) };
}

/** A private key as servers take it. */
export function keyPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
