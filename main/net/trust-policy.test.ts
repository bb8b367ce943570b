import { expect, test } from 'vitest';
import { tlsaOf } from './testing/tlsa-of.ts';
import { TestAuthority } from './testing/certificates.ts';
import { policyFingerprint } from './trust-policy.ts';
import type { TrustPolicy } from './trust-policy.ts';

const { ca } = new TestAuthority();
const RECORDS = [tlsaOf(ca, 3, 1, 1), tlsaOf(ca, 2, 0, 1)];

test('policies that demand the same are the same, in whatever order and letters', () => {
  const one = policyFingerprint({ pins: ['a', 'b'], dane: RECORDS, names: ['Push.test'] });
  expect(policyFingerprint({ names: ['push.TEST'], dane: RECORDS.toReversed(), pins: ['b', 'a'] })).toBe(one);
});

test('policies that demand or show something else are others', () => {
  const policies: readonly TrustPolicy[] = [
    {},
    { ca },
    { pins: ['a'] },
    { pins: ['b'] },
    { dane: RECORDS },
    { dane: RECORDS.slice(1) },
    { names: ['push.test'] },
    { names: ['push.test', 'test'] },
    { names: ['test', 'push.test'] },
    { client: { kind: 'pem', certificate: 'a', key: 'b' } },
    { client: { kind: 'pem', certificate: 'a', key: 'c' } },
    { client: { kind: 'pem', certificate: 'a', key: 'b', passphrase: 'd' } },
    { client: { kind: 'pkcs12', file: Uint8Array.of(1) } },
  ];
  expect(new Set(policies.map(policyFingerprint)).size).toBe(policies.length);
});
