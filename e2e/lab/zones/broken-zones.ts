import { brokenSignatures, withoutSignatures } from './flaws.ts';
import type { LabZone } from './lab-zone.ts';
import { BY_DIGEST, PLAIN_SIGNING } from './lab-zone.ts';
import { everywhere, ORDINARY_RECORDS } from './ordinary-records.ts';

/** What is asked where nothing is signed: not aliases, over which `delv` broods for 12 seconds. */
const WITHOUT_ALIASES: LabZone['expected'] = {
  ...{ '@ SOA': 'bogus', '@ DNSKEY': 'bogus', 'www A': 'bogus', 'x.wild A': 'bogus', 'www TXT': 'bogus' },
  ...{ 'deep A': 'bogus', 'nope A': 'bogus', '@ DS': 'secure' },
};

/** The zones in which something is wrong that a validator has to notice. */
export const BROKEN_ZONES: readonly LabZone[] = [
  {
    origin: 'bogus.lab',
    what: 'one signature is broken, over the addresses of www',
    records: ORDINARY_RECORDS,
    signing: PLAIN_SIGNING,
    delegation: BY_DIGEST,
    flaw: brokenSignatures('A', 'www.bogus.lab.'),
    expected: everywhere('secure', { 'www A': 'bogus', 'alias A': 'bogus' }),
  },
  {
    origin: 'bogus-keys.lab',
    what: 'the signature over the keys is broken',
    records: ORDINARY_RECORDS,
    signing: PLAIN_SIGNING,
    delegation: BY_DIGEST,
    flaw: brokenSignatures('DNSKEY'),
    expected: everywhere('bogus'),
  },
  {
    origin: 'expired.lab',
    what: 'all signatures have run out',
    records: ORDINARY_RECORDS,
    signing: { ...PLAIN_SIGNING, validity: 'past' },
    delegation: BY_DIGEST,
    expected: everywhere('bogus'),
  },
  {
    origin: 'future.lab',
    what: 'no signature holds yet, as for somebody whose clock is slow',
    records: ORDINARY_RECORDS,
    signing: { ...PLAIN_SIGNING, validity: 'future' },
    delegation: BY_DIGEST,
    expected: everywhere('bogus'),
  },
  {
    origin: 'foreign-key.lab',
    what: 'the DS is that of a key which the zone does not have',
    records: ORDINARY_RECORDS,
    signing: PLAIN_SIGNING,
    delegation: { kind: 'foreign-key' },
    expected: everywhere('bogus'),
  },
  {
    origin: 'unsigned-with-ds.lab',
    what: 'has a DS and is not signed at all',
    records: ORDINARY_RECORDS,
    signing: undefined,
    delegation: { kind: 'foreign-key' },
    expected: WITHOUT_ALIASES,
  },
  {
    origin: 'stripped.lab',
    what: 'has keys and no signatures',
    records: ORDINARY_RECORDS,
    signing: PLAIN_SIGNING,
    delegation: BY_DIGEST,
    flaw: withoutSignatures,
    expected: WITHOUT_ALIASES,
  },
  {
    origin: 'bogus-denial.lab',
    what: 'the signatures over the NSEC records are broken, so that no absence is proven',
    records: ORDINARY_RECORDS,
    signing: PLAIN_SIGNING,
    delegation: BY_DIGEST,
    flaw: brokenSignatures('NSEC'),
    expected: everywhere('bogus', {
      ...{ '@ SOA': 'secure', '@ NS': 'secure', '@ DNSKEY': 'secure' },
      ...{ 'www A': 'secure', 'WWW AAAA': 'secure', 'alias A': 'secure', 'alias AAAA': 'secure' },
      ...{ 'named.wild A': 'secure' },
    }),
  },
  {
    origin: 'lame.lab',
    what: 'delegated to a server that does not have it',
    records: [],
    signing: undefined,
    delegation: { kind: 'nothing' },
    isLame: true,
    expected: { 'www A': 'unanswered' },
  },
];
