import type { LabZone } from './lab-zone.ts';
import { BY_DIGEST, PLAIN_SIGNING } from './lab-zone.ts';

/** The root, and the one zone under it. */
export const UPPER_ZONES: readonly LabZone[] = [
  {
    origin: '',
    what: 'the root',
    records: [],
    signing: PLAIN_SIGNING,
    delegation: { kind: 'nothing' },
    expected: { '@ SOA': 'secure', '@ DNSKEY': 'secure', 'nope A': 'secure', 'lab DS': 'secure' },
  },
  {
    origin: 'lab',
    what: 'the zone of all that follows',
    records: ['ns A 127.0.0.1'],
    signing: PLAIN_SIGNING,
    delegation: BY_DIGEST,
    expected: { '@ SOA': 'secure', 'ns A': 'secure', 'ns AAAA': 'secure', 'nope A': 'secure' },
  },
];
