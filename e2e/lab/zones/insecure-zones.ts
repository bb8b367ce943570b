import type { LabZone } from './lab-zone.ts';
import { BY_DIGEST, PLAIN_SIGNING } from './lab-zone.ts';
import { everywhere, ORDINARY_RECORDS } from './ordinary-records.ts';

const SOME_DIGEST = 'ab'.repeat(32);

/** The zones that are proven to be without signatures that anybody here could check (RFC 4035 §4.3, §5.2). */
export const INSECURE_ZONES: readonly LabZone[] = [
  {
    origin: 'unsigned.lab',
    what: 'not signed, and the parent proves that it has no DS',
    records: [...ORDINARY_RECORDS, 'to-signed CNAME www.p256.lab.'],
    signing: undefined,
    delegation: { kind: 'nothing' },
    expected: everywhere('insecure', { 'to-signed A': 'insecure' }),
  },
  {
    origin: 'island.lab',
    what: 'signed, but the parent has no DS',
    records: ORDINARY_RECORDS,
    signing: PLAIN_SIGNING,
    delegation: { kind: 'nothing' },
    expected: everywhere('insecure'),
  },
  {
    origin: 'unknown-algorithm.lab',
    what: 'the only DS is of an algorithm for private use (RFC 6840 §5.2)',
    records: ORDINARY_RECORDS,
    signing: PLAIN_SIGNING,
    delegation: { kind: 'records', lines: [`DS 12345 253 2 ${SOME_DIGEST}`] },
    expected: everywhere('insecure'),
  },
  {
    origin: 'unknown-digest.lab',
    what: 'the only DS has a digest type that nobody knows (RFC 6840 §5.2)',
    records: ORDINARY_RECORDS,
    signing: PLAIN_SIGNING,
    delegation: { kind: 'records', lines: [`DS 12345 13 200 ${SOME_DIGEST}`] },
    expected: everywhere('insecure'),
  },
  {
    origin: 'iterations.lab',
    what: 'NSEC3 with 500 iterations, more than anybody computes (RFC 9276 §3.2)',
    records: ORDINARY_RECORDS,
    signing: { by: 'knot', iterations: 500 },
    delegation: BY_DIGEST,
    // What needs no proof of absence is as good as in any other zone.
    expected: everywhere('insecure', {
      ...{ '@ SOA': 'secure', '@ NS': 'secure', '@ DNSKEY': 'secure' },
      ...{ 'www A': 'secure', 'WWW AAAA': 'secure', 'alias A': 'secure', 'alias AAAA': 'secure' },
      'named.wild A': 'secure',
    }),
  },
];
