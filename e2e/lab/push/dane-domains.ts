import { brokenSignatures } from '../zones/flaws.ts';
import type { IdentityKind, TlsaWish } from './identities.ts';
import type { PushDomain } from './push-domain.ts';

function dane(
  origin: string,
  what: string,
  identity: IdentityKind,
  ...tlsa: readonly TlsaWish[]
): PushDomain {
  return { origin, what, server: { kind: 'push', identity, tlsa }, isSigned: true };
}

/** Domains with TLSA records (RFC 6698, RFC 7671, RFC 7673): those that authenticate their push server, and those that do not. */
export const DANE_DOMAINS: readonly PushDomain[] = [
  dane('dane-ee.lab', 'usage 3 matches a certificate that is good for nothing else', 'expired-wrong-name', [
    '3 1 1',
    'server',
  ]),
  dane('dane-ee-whole.lab', 'usage 3 has the whole certificate', 'unknown-authority', ['3 0 0', 'server']),
  dane('dane-ee-sha512.lab', 'usage 3 by SHA-512', 'self-signed', ['3 1 2', 'server']),
  dane('dane-ta.lab', 'usage 2 names the authority', 'good', ['2 0 1', 'authority']),
  dane('dane-ta-key.lab', "usage 2 names the authority's key", 'good', ['2 1 1', 'authority']),
  dane('dane-ta-name.lab', 'usage 2 names the authority, but the name is wrong', 'wrong-name', [
    '2 0 1',
    'authority',
  ]),
  dane('dane-ta-expired.lab', 'usage 2 names the authority, but the certificate has run out', 'expired', [
    '2 0 1',
    'authority',
  ]),
  dane('pkix-ta.lab', 'usage 0 names the authority', 'good', ['0 0 1', 'authority']),
  dane('pkix-ee.lab', 'usage 1 names the certificate', 'good', ['1 1 1', 'server']),
  dane('pkix-ee-name.lab', 'usage 1 names a certificate for another name', 'wrong-name', ['1 1 1', 'server']),
  dane('dane-wrong.lab', 'no TLSA record matches a certificate that is good otherwise', 'good', [
    '3 1 1',
    'nobody',
  ]),
  dane(
    'dane-rollover.lab',
    'one of two TLSA records matches',
    'good',
    ['3 1 1', 'nobody'],
    ['3 1 1', 'server'],
  ),
  dane('dane-unusable.lab', 'the only TLSA record has a usage that nobody knows', 'good', [
    '9 1 1',
    'nobody',
  ]),
  {
    ...dane('dane-unsigned.lab', 'TLSA records of an unsigned zone count for nothing', 'good', [
      '3 1 1',
      'nobody',
    ]),
    isSigned: false,
  },
  {
    ...dane('bogus-srv.lab', 'the signature over the SRV record is broken', 'good', ['3 1 1', 'server']),
    flaw: brokenSignatures('SRV', '_dns-push-tls._tcp.bogus-srv.lab.'),
  },
  {
    ...dane('bogus-address.lab', "the signature over the server's address is broken", 'good', [
      '3 1 1',
      'server',
    ]),
    flaw: brokenSignatures('A', 'push.bogus-address.lab.'),
  },
  {
    ...dane('bogus-tlsa.lab', 'the signature over the TLSA record is broken', 'good', ['3 1 1', 'server']),
    flaw: brokenSignatures('TLSA'),
  },
];
