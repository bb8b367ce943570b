import { expect, test } from 'vitest';
import { nameRdata } from '../../protocol/wire/rdata.ts';
import { Rcode, RecordType } from '../../protocol/wire/registry.ts';
import { LAB, labVerdict } from './testing/lab-verdict.ts';

const SECURE = [
  ...['nsec.lab', 'hash.lab'].flatMap((zone) => [
    ['records', `www.${zone}. A`],
    ['a type that is not there', `www.${zone}. AAAA`],
    ['an alias', `alias.${zone}. A`],
    ['an expanded wildcard', `x.wild.${zone}. A`],
    ['a wildcard that stands for two labels', `a.b.wild.${zone}. A`],
    ['a type that a wildcard does not have', `x.wild.${zone}. AAAA`],
    ['a name that is not there', `nope.${zone}. A`],
    ['a name that has only others below it', `deep.${zone}. A`],
    ['records below such a name', `sub.deep.${zone}. TXT`.replace('TXT', 'A')],
    ['a name that is not there below such a name', `nope.deep.${zone}. A`],
  ]),
  ['records in a zone below a signed zone', 'www.kid.nsec.lab. A'],
  ['a signed zone below one with opt-out', 'www.kept.optout.lab. A'],
  ['a name that is there in a zone with opt-out', 'www.optout.lab. A'],
  ['algorithm 14', 'www.p384.lab. A'],
  ['algorithm 10', 'nope.sha512.lab. A'],
  ['an alias into another zone', 'away.nsec.lab. A'],
  ['an alias into another zone that does not have the type', 'away.nsec.lab. AAAA'],
  ['an alias to a name that is not there', 'gone.nsec.lab. A'],
  ['records below a DNAME', 'www.moved.nsec.lab. A'],
  ['the CNAME that a DNAME makes', 'www.moved.nsec.lab. CNAME'],
  ['a name that is not there below a DNAME', 'nope.moved.nsec.lab. A'],
  ['names in RDATA in mixed case, asked in another', 'mixed.nsec.lab. SRV'],
  ['a name behind texts in RDATA', 'mixed.nsec.lab. NAPTR'],
  ['a label with a dot and a space in it', 'Dr\\.\\032Pepper._ipp._tcp.nsec.lab. TXT'],
  ['a TLSA record behind an alias', '_853._tcp.push.nsec.lab. TLSA'],
  ['no TLSA record', '_1._tcp.push.nsec.lab. TLSA'],
  ['the wildcard itself', '*.wild.nsec.lab. A'],
  ['the name above a wildcard', 'wild.nsec.lab. A'],
  ['what the root denies', 'nope. A'],
  ['the root', '. SOA'],
  ['the keys of a zone', 'nsec.lab. DNSKEY'],
  ['the DS record of a zone', 'nsec.lab. DS'],
  ['that there is no DS record', 'plain.lab. DS'],
];

test.each(SECURE)('secure as BIND signed it: %s (%s)', (_, line) => {
  expect(labVerdict(line).security).toEqual({ kind: 'secure' });
});

test.each([
  [
    'below an unsigned delegation',
    'www.plain.lab. A',
    'The zone lab says, signed, that plain.lab is not signed.',
  ],
  [
    'what is not there below it',
    'nope.deep.plain.lab. A',
    'The zone lab says, signed, that plain.lab is not signed.',
  ],
  [
    'below a delegation that opt-out leaves out',
    'www.free.optout.lab. A',
    'leaves the part that free.optout.lab would be in unsigned',
  ],
  [
    'a name that opt-out may hide',
    'nope.optout.lab. A',
    'leaves the part that nope.optout.lab would be in unsigned',
  ],
  ['an expanded wildcard where opt-out may hide others', 'x.wild.optout.lab. A', '(opt-out)'],
  ['a denial that hashes 100 times over', 'nope.costly.lab. A', 'hashes names 100 times over'],
  ['an algorithm that cannot be checked', 'www.ed448.lab. A', '(algorithm 16 with digest 2)'],
  ['a digest that cannot be checked', 'www.sha1.lab. A', '(algorithm 13 with digest 1)'],
  ['an alias into an unsigned zone', 'plainly.nsec.lab. A', 'plain.lab is not signed'],
])('insecure, proven: %s (%s)', (_, line, reason) => {
  expect(labVerdict(line).security).toEqual({ kind: 'insecure', reason: expect.stringContaining(reason) });
});

test.each([
  ['a signature with another character', 'www.wrong.lab. A', 'by the key'],
  [
    'a missing signature',
    'www.missing.lab. A',
    'came without a signature, and the zone missing.lab signs its records',
  ],
  ['an alias to records with a wrong signature', 'sickly.nsec.lab. A', 'www.wrong.lab'],
  [
    'a delegation to a zone without keys',
    'www.lost.lab. A',
    'lost.lab should have keys, and its answer has none',
  ],
  ['a delegation to another key', 'www.stale.lab. A', 'does not have the key that is vouched for (1)'],
  [
    'signatures that have ended',
    'www.past.lab. A',
    "ended on 2020-02-01 00:00 UTC, and by this machine's clock it is 2027-01-01",
  ],
  ['signatures that have not begun', 'www.future.lab. A', 'begins on 2030-01-01 00:00 UTC'],
])('bogus: %s (%s)', (_, line, reason) => {
  expect(labVerdict(line).security).toEqual({ kind: 'bogus', reason: expect.stringContaining(reason) });
});

test('a costly zone is secure as far as no denial is needed', () => {
  expect(labVerdict('www.costly.lab. A').security).toEqual({ kind: 'secure' });
});

test('the DS and DNSKEY records of a signed name are asked for in one round', () => {
  expect(labVerdict('www.kid.nsec.lab. A').questions).toEqual([
    ...['. DNSKEY', 'lab. DS', 'lab. DNSKEY', 'nsec.lab. DS', 'nsec.lab. DNSKEY'],
    ...['kid.nsec.lab. DS', 'kid.nsec.lab. DNSKEY'],
  ]);
});

test('a secure answer holds nothing but what was checked, and no TTL longer than was signed', () => {
  const { message } = labVerdict('away.nsec.lab. A', {
    change: (answer, { type }) =>
      type === RecordType.A
        ? {
            ...answer,
            rcode: Rcode.NXDOMAIN,
            answers: [
              ...answer.answers.map((record) => ({ ...record, ttlSeconds: 9999 })),
              ...LAB.answer({
                ...answer.questions[0]!,
                name: answer.questions[0]!.name.parent.prepend('sickly'),
              }).answers,
            ],
          }
        : answer,
  });
  expect(message.rcode).toBe(Rcode.NOERROR);
  expect(new Set(message.answers.map(({ name }) => name.toString()))).toEqual(
    new Set(['away.nsec.lab.', 'www.hash.lab.']),
  );
  expect(message.answers.map(({ ttlSeconds }) => ttlSeconds)).toEqual(message.answers.map(() => 3600));
});

test('the SOA record of a denial is checked, and lives no longer than the proof', () => {
  const { message } = labVerdict('nope.nsec.lab. A');
  const [soa, ...others] = message.authorities;
  expect(soa?.name.toString()).toBe('nsec.lab.');
  expect(soa?.ttlSeconds).toBe(300);
  expect(others.map(({ type }) => type)).toEqual([RecordType.RRSIG]);
});

test('a CNAME that follows from a DNAME leads where the DNAME says, whatever stands beside it', () => {
  const { security, message } = labVerdict('www.moved.nsec.lab. A', {
    change: (answer, { type }) =>
      type === RecordType.A
        ? {
            ...answer,
            answers: answer.answers.map((record) =>
              record.type === RecordType.CNAME
                ? { ...record, rdata: Uint8Array.of(4, 0x65, 0x76, 0x69, 0x6c, 0) }
                : record,
            ),
          }
        : answer,
  });
  expect(security).toEqual({ kind: 'secure' });
  const cname = message.answers.find(({ type }) => type === RecordType.CNAME);
  expect(nameRdata(cname!.rdata).toString()).toBe('www.hash.lab.');
});
