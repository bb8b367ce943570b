import type { BindSigning, LabZone } from './lab-zone.ts';
import { BY_DIGEST, PLAIN_SIGNING } from './lab-zone.ts';
import { everywhere, ORDINARY_RECORDS } from './ordinary-records.ts';

function signedBy(signing: Partial<BindSigning>): BindSigning {
  return { ...PLAIN_SIGNING, ...signing };
}

/** The zones in which all is well: every algorithm, both ways of denial, and what lies between zones. */
export const SOUND_ZONES: readonly LabZone[] = [
  {
    origin: 'rsa256.lab',
    what: 'RSA with SHA-256, two keys, NSEC3',
    records: ORDINARY_RECORDS,
    signing: signedBy({ algorithms: ['RSASHA256'], keys: 'two', denial: 'nsec3' }),
    delegation: BY_DIGEST,
    expected: everywhere('secure'),
  },
  {
    origin: 'rsa512.lab',
    what: 'RSA with SHA-512, two keys, NSEC',
    records: ORDINARY_RECORDS,
    signing: signedBy({ algorithms: ['RSASHA512'], keys: 'two' }),
    delegation: BY_DIGEST,
    expected: everywhere('secure'),
  },
  {
    origin: 'p256.lab',
    what: 'P-256, one key, NSEC; aliases into other zones',
    records: [
      ...ORDINARY_RECORDS,
      'to-signed CNAME www.ed25519.lab.',
      'to-wild CNAME any.wild.rsa256.lab.',
      'to-nothing CNAME nope.p384.lab.',
      'to-unsigned CNAME www.unsigned.lab.',
      'to-bogus CNAME www.bogus.lab.',
      'to-alias CNAME alias.rsa256.lab.',
      '*.astray CNAME www.unsigned.lab.',
      'moved DNAME ed25519.lab.',
      'lost DNAME unsigned.lab.',
      'Mixed.Case TXT "Letters Stay As They Are"',
      // The target's letters count as small ones in what is signed (RFC 4034 §6.2).
      'service SRV 0 0 443 WWW.P256.Lab.',
      // More than a UDP answer holds, so that TCP comes in.
      ...Array.from({ length: 12 }, (_, at) => `big TXT "${String(at).padStart(2, '0')}${'.'.repeat(198)}"`),
    ],
    signing: PLAIN_SIGNING,
    delegation: BY_DIGEST,
    expected: everywhere('secure', {
      'to-signed A': 'secure',
      'to-wild A': 'secure',
      'to-nothing A': 'opt-out',
      'to-unsigned A': 'insecure',
      'to-bogus A': 'bogus',
      'to-alias AAAA': 'secure',
      'x.astray A': 'insecure',
      'www.moved A': 'secure',
      'nope.moved A': 'secure',
      'www.lost A': 'insecure',
      'mixed.case TXT': 'secure',
      'service SRV': 'secure',
      'big TXT': 'secure',
    }),
  },
  {
    origin: 'p384.lab',
    what: 'P-384, one key, NSEC3 with opt-out, DS by SHA-384',
    records: ORDINARY_RECORDS,
    signing: signedBy({ algorithms: ['ECDSAP384SHA384'], denial: 'nsec3-opt-out' }),
    delegation: { kind: 'digest', digest: 'SHA-384' },
    expected: everywhere('secure', {
      ...{ 'nope A': 'opt-out', 'a.nope A': 'opt-out', 'zzz SRV': 'opt-out' },
      ...{ 'a.www A': 'opt-out', 'a.alias A': 'opt-out', 'b.deep TXT': 'opt-out' },
      ...{ 'x.wild A': 'opt-out', 'x.y.wild TXT': 'opt-out', 'x.wild AAAA': 'opt-out' },
    }),
  },
  {
    origin: 'ed25519.lab',
    what: 'Ed25519, one key, NSEC3',
    records: ORDINARY_RECORDS,
    signing: signedBy({ algorithms: ['ED25519'], denial: 'nsec3' }),
    delegation: BY_DIGEST,
    expected: everywhere('secure'),
  },
  {
    origin: 'below.ed25519.lab',
    what: 'a signed zone below a signed zone',
    records: ORDINARY_RECORDS,
    signing: PLAIN_SIGNING,
    delegation: BY_DIGEST,
    expected: everywhere('secure'),
  },
  {
    origin: 'two-algorithms.lab',
    what: 'signed by RSA and P-256 alike, as in a change of algorithms',
    records: ORDINARY_RECORDS,
    signing: signedBy({ algorithms: ['RSASHA256', 'ECDSAP256SHA256'] }),
    delegation: BY_DIGEST,
    expected: everywhere('secure'),
  },
  {
    origin: 'opt-out.lab',
    what: 'NSEC3 with opt-out over a signed and an unsigned delegation',
    records: ['www A 192.0.2.1'],
    signing: signedBy({ denial: 'nsec3-opt-out' }),
    delegation: BY_DIGEST,
    expected: {
      'www A': 'secure',
      'www TXT': 'secure',
      'nope A': 'opt-out',
      'signed DS': 'secure',
      'unsigned DS': 'opt-out',
    },
  },
  {
    origin: 'signed.opt-out.lab',
    what: 'a signed zone below one with opt-out',
    records: ORDINARY_RECORDS,
    signing: PLAIN_SIGNING,
    delegation: BY_DIGEST,
    expected: everywhere('secure'),
  },
  {
    origin: 'unsigned.opt-out.lab',
    what: 'an unsigned zone in a span with opt-out',
    records: ORDINARY_RECORDS,
    signing: undefined,
    delegation: { kind: 'nothing' },
    expected: everywhere('insecure', { '@ DS': 'opt-out' }),
  },
  {
    origin: 'knot.lab',
    what: 'signed and served by knotd: Ed25519, NSEC3',
    records: ORDINARY_RECORDS,
    signing: { by: 'knot', iterations: 0 },
    delegation: BY_DIGEST,
    expected: everywhere('secure'),
  },
];
