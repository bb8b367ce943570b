import { createHash } from 'node:crypto';
import type { DnssecCrypto } from '../dnssec-crypto.ts';
import { sha1Crypto } from './sha1-crypto.ts';

/** Believes every signature, so that nothing that follows a check is out of reach; digests and hashes are true. */
export const credulousCrypto: DnssecCrypto = {
  knowsAlgorithm: () => true,
  knowsDigest: () => true,
  verify: () => true,
  digest: (_, data) => createHash('sha256').update(data).digest(),
  sha1: (data) => sha1Crypto.sha1(data),
};
