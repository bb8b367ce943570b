/** The zones of the lab that `record.mjs` records, and what is asked of them. */

/**
 * @typedef {object} Zone
 * @property {string} name without the final dot; empty for the root
 * @property {string} [algorithm] as dnssec-keygen calls it; a zone without one is not signed
 * @property {readonly string[]} [nsec3] options of dnssec-signzone
 * @property {string} [records] besides apex and delegations
 * @property {string} [start] of its signatures
 * @property {string} [end] of its signatures
 * @property {'-1' | '-2'} [digest] of its DS records
 * @property {(text: string) => string} [mendDs] what becomes of its DS records
 * @property {(text: string) => string} [mend] what becomes of the signed zone
 */

const COMMON = 'www A 192.0.2.1\nalias CNAME www\n*.wild A 192.0.2.9\nsub.deep TXT "below an empty name"\n';

/** Children first: a parent's file holds their DS records. @type {readonly Zone[]} */
export const ZONES = [
  { name: 'kid.nsec.lab', algorithm: 'ECDSAP256SHA256', records: COMMON },
  { name: 'kept.optout.lab', algorithm: 'ECDSAP256SHA256', records: COMMON },
  { name: 'free.optout.lab', records: COMMON },
  {
    name: 'nsec.lab',
    algorithm: 'ECDSAP256SHA256',
    records: `${COMMON}away CNAME www.hash.lab.\ngone CNAME nope.hash.lab.\nplainly CNAME www.plain.lab.\nsickly CNAME www.wrong.lab.
moved DNAME hash.lab.\nMiXeD SRV 0 0 631 PRINTER.Nsec.Lab.\nMiXeD NAPTR 10 10 "S" "SIP+D2T" "" _Sip._Tcp.NSEC.lab.
_ipp._tcp PTR Dr\\.\\032Pepper._ipp._tcp\nDr\\.\\032Pepper._ipp._tcp TXT "txtvers=1"\nlast.wild A 192.0.2.10
_15353._tcp.push TLSA 3 1 1 ${'ab'.repeat(32)}\n_853._tcp.push CNAME _15353._tcp.push\n`,
  },
  { name: 'hash.lab', algorithm: 'RSASHA256', nsec3: ['-3', '-', '-H', '0'], records: COMMON },
  { name: 'optout.lab', algorithm: 'ED25519', nsec3: ['-3', 'aabb', '-H', '1', '-A'], records: COMMON },
  { name: 'costly.lab', algorithm: 'ECDSAP256SHA256', nsec3: ['-3', 'cc', '-H', '100'], records: COMMON },
  { name: 'p384.lab', algorithm: 'ECDSAP384SHA384', records: COMMON },
  { name: 'sha512.lab', algorithm: 'RSASHA512', records: COMMON },
  { name: 'ed448.lab', algorithm: 'ED448', records: COMMON },
  { name: 'sha1.lab', algorithm: 'ECDSAP256SHA256', records: COMMON, digest: '-1' },
  { name: 'plain.lab', records: COMMON },
  { name: 'lost.lab', records: COMMON, mendDs: () => `lost.lab. DS 1 13 2 ${'ab'.repeat(32)}\n` },
  {
    name: 'stale.lab',
    algorithm: 'ECDSAP256SHA256',
    records: COMMON,
    mendDs: (text) => text.replace(/ DS \d+/, ' DS 1'),
  },
  {
    name: 'past.lab',
    algorithm: 'ECDSAP256SHA256',
    records: COMMON,
    start: '20200101000000',
    end: '20200201000000',
  },
  {
    name: 'future.lab',
    algorithm: 'ECDSAP256SHA256',
    records: COMMON,
    start: '20300101000000',
    end: '20310101000000',
  },
  { name: 'wrong.lab', algorithm: 'ECDSAP256SHA256', records: COMMON, mend: withTurnedSignature },
  { name: 'missing.lab', algorithm: 'ECDSAP256SHA256', records: COMMON, mend: withoutSignature },
  { name: 'lab', algorithm: 'ECDSAP256SHA256' },
  { name: '', algorithm: 'ECDSAP256SHA256' },
];

/** What is asked in every zone below `lab`, what more in the ways to deny, and what in one alone. */
const IN_ZONE = ['www A', 'x.wild A', 'nope A'];
const IN_KIND = ['www AAAA', 'alias A', 'x.wild AAAA', 'a.b.wild A', 'deep A', 'sub.deep A', 'nope.deep A'];
const KINDS = ['nsec.lab', 'hash.lab', 'optout.lab', 'free.optout.lab', 'plain.lab'];
const ALONE = [
  ...[
    'away A',
    'away AAAA',
    'gone A',
    'plainly A',
    'sickly A',
    'www.moved A',
    'www.moved CNAME',
    'nope.moved A',
    'mixed SRV',
    'mixed NAPTR',
  ].map((line) => line.replace(' ', '.nsec.lab. ')),
  ...[
    '_ipp._tcp PTR',
    'Dr\\.\\032Pepper._ipp._tcp TXT',
    'zzz.wild A',
    '_853._tcp.push TLSA',
    '_1._tcp.push TLSA',
    'wild A',
    '*.wild A',
  ].map((line) => line.replace(' ', '.nsec.lab. ')),
  'nope.lab. A',
  'nope. A',
  '. SOA',
  'lab. SOA',
  'lab. A',
  'nsec.lab. SOA',
];

/** The signature of `www A` with another character in it. */
function withTurnedSignature(/** @type {string} */ text) {
  return text.replace(
    /(www\.wrong\.lab\.[^\n]*\bA\s[^]*?RRSIG\s+A [^(]*\([^)]*?wrong\.lab\.\s+)(\S)/,
    (_, before, first) => `${before}${first === 'A' ? 'B' : 'A'}`,
  );
}

/** The zone without the signature of `www A`. */
function withoutSignature(/** @type {string} */ text) {
  return text.replace(/(www\.missing\.lab\.[^\n]*\bA\s+\S+\n)\s+\d+\s+RRSIG\s+A [^)]*\)\n/, '$1');
}

/** Every question, and those for the chain of keys to each name. */
export function questions() {
  const inZones = ZONES.filter(({ name }) => name !== '' && name !== 'lab').flatMap(({ name }) =>
    [...IN_ZONE, ...(KINDS.includes(name) ? IN_KIND : [])].map((line) => line.replace(' ', `.${name}. `)),
  );
  const asked = [...inZones, ...ALONE];
  const names = new Set(asked.flatMap((line) => ancestorsOf(line.split(' ')[0] ?? '')));
  const isZone = (/** @type {string} */ name) => ZONES.some((zone) => `${zone.name}.` === name);
  // Names below zones are asked about when a signature is missing, as it is in some zones, and in tests in these.
  const isWalked = (/** @type {string} */ name) =>
    /(?:nsec|hash|optout|lost|missing|plain)\.lab\.$/.test(name);
  const chain = [...names].flatMap((name) => [
    ...(name !== '.' && (isZone(name) || isWalked(name) || name.split('.').length <= 3)
      ? [`${name} DS`]
      : []),
    ...(isZone(name) || name.split('.').length <= 3 ? [`${name} DNSKEY`] : []),
  ]);
  return { asked, chain: chain.filter((line) => !asked.includes(line)) };
}

function ancestorsOf(/** @type {string} */ name) {
  const labels = [...name.matchAll(/(?:\\\d{3}|\\.|[^.\\])+/g)].map(([label]) => label);
  return [...labels.map((_, at) => `${labels.slice(at).join('.')}.`), '.'];
}

export function parentOf(/** @type {string} */ name) {
  const ancestors = name.split('.').map((_, at, labels) => labels.slice(at + 1).join('.'));
  return ancestors.find((ancestor) => ZONES.some((zone) => zone.name === ancestor));
}
