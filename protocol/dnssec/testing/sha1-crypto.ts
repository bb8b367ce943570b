import { createHash, createPublicKey, verify } from 'node:crypto';
import type { DnssecCrypto } from '../dnssec-crypto.ts';

/** What the examples of RFC 4034, RFC 4035 and RFC 5155 are made with: RSA with SHA-1, which Herald itself takes for none. */
export const sha1Crypto: DnssecCrypto = {
  knowsAlgorithm: (algorithm) => algorithm === 5 || algorithm === 7,
  knowsDigest: (digestType) => digestType === 1,
  verify: (_, publicKey, data, signature) => {
    const exponent = publicKey.subarray(1, 1 + publicKey[0]!);
    const modulus = publicKey.subarray(1 + publicKey[0]!);
    const key = createPublicKey({
      key: { kty: 'RSA', n: base64url(modulus), e: base64url(exponent) },
      format: 'jwk',
    });
    return verify('sha1', data, key, signature);
  },
  digest: (_, data) => sha1(data),
  sha1,
};

function sha1(data: Uint8Array): Uint8Array {
  return createHash('sha1').update(data).digest();
}

function base64url(octets: Uint8Array): string {
  return Buffer.from(octets).toString('base64url');
}
