import { expect, test } from 'vitest';
import { base32HexOf } from '../wire/base-text.ts';
import { Name } from '../wire/name.ts';
import { RecordType, typeOf } from '../wire/registry.ts';
import type { Denial } from './denial.ts';
import { gatherDenial } from './gathered-denial.ts';
import { nsec3Hash } from './nsec3-hash.ts';
import type { CheckContext, ZoneKeys } from './set-check.ts';
import { checkSet } from './set-check.ts';
import { signedSets } from './signed-set.ts';
import { signingZone } from './signing-zone.ts';
import { readDnskey } from './dnskey.ts';
import { credulousCrypto } from './testing/credulous-crypto.ts';
import { recordsOf } from './testing/records.ts';
import { moment } from './testing/validated.ts';
import { WorkBudget } from './work-budget.ts';

/** A key, so that signatures with its tag are believed. */
const KEY = readDnskey(Uint8Array.of(1, 1, 3, 13, 0));
const ZONE: ZoneKeys = { zone: Name.of('example'), keys: [KEY] };
const PARAMETERS = { hashAlgorithm: 1, iterations: 0, salt: new Uint8Array() };

function context(): CheckContext {
  return { crypto: credulousCrypto, budget: new WorkBudget(), ...moment(Date.UTC(2027, 0, 1)) };
}

function rrsig(owner: string, type: string, signer = 'example.', labels = Name.of(owner).labelCount): string {
  return `${owner} 60 IN RRSIG ${type} 13 ${labels} 60 20360101000000 20260101000000 ${KEY.keyTag} ${signer} AAAA`;
}

function denialBy(lines: readonly string[]): Denial {
  return gatherDenial(signedSets(recordsOf(lines.join('\n'))), ZONE, context()).denial;
}

/** NSEC records, each written `owner next TYPES`. */
function nsec(...records: readonly string[]): Denial {
  return denialBy(
    records.flatMap((record) => {
      const [owner = '', ...rest] = record.split(' ');
      const labels = Name.of(owner).labelCount - (owner.startsWith('*') ? 1 : 0);
      return [`${owner} 60 IN NSEC ${rest.join(' ')}`, rrsig(owner, 'NSEC', 'example.', labels)];
    }),
  );
}

/** The NSEC3 records that match a name, `=name TYPES`, or cover one, `name`. */
function nsec3(...records: readonly string[]): Denial {
  return denialBy(
    records.flatMap((record) => {
      const [name = '', ...types] = record.split(' ');
      const isMatch = name.startsWith('=');
      const hash = nsec3Hash(Name.of(name.replace('=', '')), PARAMETERS, credulousCrypto);
      const at = (offset: number): string => base32HexOf(hash.with(19, (hash[19]! + offset) & 0xff));
      const owner = `${at(isMatch ? 0 : -1)}.example.`;
      return [`${owner} 60 IN NSEC3 1 0 0 - ${at(1)} ${types.join(' ')}`, rrsig(owner, 'NSEC3')];
    }),
  );
}

const name = (text: string): Name => Name.of(text);
const { A } = RecordType;

test.each([
  ['NSEC', nsec('sub.example. t.example. NS', '*.example. a.example. A'), nsec('sub.example. t.example. A')],
  [
    'NSEC3',
    nsec3('=sub.example NS', 'x.sub.example', '*.sub.example'),
    nsec3('=sub.example A', 'x.sub.example', '*.sub.example'),
  ],
])('RFC 6840 §4.1: a delegation says nothing of names below it, by %s', (_, below, beside) => {
  expect(below.noName(name('x.sub.example')).kind).toBe('unproven');
  expect(below.noData(name('x.sub.example'), A).kind).toBe('unproven');
  expect(below.cutAt(name('x.sub.example')).kind).toBe('unproven');
  expect(beside.cutAt(name('x.sub.example')).kind).toBe('no-name');
});

test.each([
  ['NSEC', nsec('sub.example. t.example. DNAME A'), nsec('sub.example. t.example. A')],
  ['NSEC3', nsec3('=sub.example DNAME', 'x.sub.example'), nsec3('=sub.example A', 'x.sub.example')],
])('RFC 6672 §5.3.4.1: below an alias of a whole tree nothing is denied, by %s', (_, alias, other) => {
  expect([alias, other].map((denial) => denial.cutAt(name('x.sub.example')).kind)).toEqual([
    'unproven',
    'no-name',
  ]);
});

test.each([
  ['NSEC', (types: string) => nsec(`a.example. b.example. ${types}`)],
  ['NSEC3', (types: string) => nsec3(`=a.example ${types}`)],
])(
  'RFC 4035 §5.4: a type is denied by the %s record of the name, unless it has that type or is an alias',
  (_, at) => {
    const denies = (types: string, type: string) => at(types).noData(name('a.example'), typeOf(type)!).kind;
    expect(denies('TXT RRSIG', 'A')).toBe('proven');
    expect(denies('A RRSIG', 'A')).toBe('unproven');
    expect(denies('CNAME RRSIG', 'A')).toBe('unproven');
    expect(denies('NS', 'A')).toBe('unproven'); // a delegation answers for DS alone
    expect(denies('NS', 'DS')).toBe('proven');
    expect(denies('NS SOA', 'A')).toBe('proven');
    expect(denies('NS SOA', 'DS')).toBe('unproven'); // an apex answers for all but DS
  },
);

test.each([
  ['NSEC', (types: string) => nsec(`a.example. b.example. ${types}`)],
  ['NSEC3', (types: string) => nsec3(`=a.example ${types}`)],
])('RFC 4035 §5.2: what a name without DS is, by its %s record', (_, at) => {
  const cut = (types: string) => at(types).cutAt(name('a.example')).kind;
  expect(['NS', 'A', 'NS DS', 'NS SOA', 'CNAME'].map(cut)).toEqual([
    'unsigned',
    'no-cut',
    'unproven',
    'unproven',
    'no-cut',
  ]);
});

test('RFC 4592 §2.2.2: a name that only has others below it is there, so that neither it nor a wildcard of its own is denied', () => {
  const denial = nsec('a.example. x.b.example. A', '*.example. a.example. A');
  expect(denial.noData(name('b.example'), A).kind).toBe('proven');
  expect(denial.noName(name('b.example')).kind).toBe('unproven');
  expect(denial.noCloser(name('b.example')).kind).toBe('unproven');
  expect(denial.cutAt(name('b.example')).kind).toBe('no-cut');
  // Nor is a name denied for which a wildcard stands that is such a name.
  const standing = nsec('example. x.*.example. A', 'b.example. example. A');
  expect(standing.noName(name('c.example')).kind).toBe('unproven');
  const absent = nsec('example. a.example. A', 'b.example. example. A');
  expect(absent.noName(name('c.example')).kind).toBe('proven');
});

test('RFC 4035 §5.4: a name is denied only with the wildcard at its closest encloser', () => {
  expect(nsec('a.example. c.example. A', 'example. a.example. SOA NS').noName(name('b.example')).kind).toBe(
    'proven',
  );
  expect(nsec('a.example. c.example. A').noName(name('b.example')).kind).toBe('unproven');
  expect(nsec('a.example. c.example. A', '*.example. a.example. A').noName(name('b.example')).kind).toBe(
    'unproven',
  );
});

test('RFC 5155 §8.4: a name is denied only with its closest encloser, the next closer name and the wildcard', () => {
  const whole = ['=example NS SOA', 'b.example', '*.example'];
  expect(nsec3(...whole).noName(name('a.b.example')).kind).toBe('proven');
  for (const missing of whole)
    expect(nsec3(...whole.filter((record) => record !== missing)).noName(name('a.b.example')).kind).toBe(
      'unproven',
    );
});

test('an NSEC record that was expanded from a wildcard denies nothing at the name that it stands at', () => {
  const lines = (labels: number) => [
    'x.w.example. 60 IN NSEC y.w.example. TXT',
    rrsig('x.w.example.', 'NSEC', 'example.', labels),
  ];
  expect(denialBy(lines(3)).noData(name('x.w.example'), A).kind).toBe('proven');
  expect(denialBy(lines(2)).noData(name('x.w.example'), A).kind).toBe('unproven');
});

test('RFC 5155 §8.2: records of one answer that hash otherwise than the first are left out', () => {
  const hash = base32HexOf(nsec3Hash(name('b.example'), PARAMETERS, credulousCrypto));
  const lines = [`${'0'.repeat(32)} 1`, `${hash} 0`].flatMap((record) => {
    const [label, iterations] = record.split(' ');
    const owner = `${label}.example.`;
    return [`${owner} 60 IN NSEC3 1 0 ${iterations} - ${'0'.repeat(31)}1 TXT`, rrsig(owner, 'NSEC3')];
  });
  expect(denialBy(lines).noData(name('b.example'), A).kind).toBe('unproven');
  expect(denialBy(lines.slice(2)).noData(name('b.example'), A).kind).toBe('proven');
});

test.each([
  ['of the zone', rrsig('a.example.', 'A'), 'valid'],
  ['of the zone above', rrsig('a.example.', 'A', '.'), 'bogus'],
  ['of another name', rrsig('a.example.', 'A', 'a.example.'), 'bogus'],
  ['with more labels than the name has', rrsig('a.example.', 'A', 'example.', 3), 'bogus'],
])('RFC 4035 §5.3.1: a signature %s counts, or does not (%s)', (_, signature, kind) => {
  const [set] = signedSets(recordsOf(`a.example. 60 IN A 192.0.2.1\n${signature}`));
  expect(checkSet(set!, ZONE, context()).kind).toBe(kind);
});

test('RFC 4035 §2.4: DS records are of the zone above, whoever else signs them', () => {
  const signed = (type: string, rdata: string) =>
    signedSets(
      recordsOf(
        [
          `a.example. 60 IN ${type} ${rdata}`,
          rrsig('a.example.', type, 'a.example.'),
          rrsig('a.example.', type),
        ].join('\n'),
      ),
    )[0]!;
  expect(signingZone(signed('DS', '1 13 2 00')).name.toString()).toBe('example.');
  expect(signingZone(signed('A', '192.0.2.1')).name.toString()).toBe('a.example.');
  expect(signingZone({ ...signed('DS', '1 13 2 00'), signatures: [] })).toMatchObject({ isNamed: false });
});
