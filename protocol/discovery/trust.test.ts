import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import { RecordType } from '../wire/registry.ts';
import type { Reply } from './procedure.ts';
import type { Security } from './security.ts';
import { UNCHECKED } from './security.ts';
import { a, answer, cname, drive, record, signed, soa } from './testing/replies.ts';
import type { TargetContext } from './trust.ts';
import { findTarget } from './trust.ts';

const SECURE: Security = { kind: 'secure' };
const INSECURE: Security = { kind: 'insecure', reason: 'The zone test is not signed.' };
const BOGUS: Security = { kind: 'bogus', reason: 'Its signature expired.' };
const UNKNOWN: Security = { kind: 'indeterminate', reason: 'No answer about its keys.' };
const TARGET = Name.of('push.provider.test');
const OFFICE = Name.of('office.test');
const SRV = { priority: 0, weight: 0, port: 853, target: TARGET };

const TLSA_NAME = '_853._tcp.push.provider.test';
const RDATA = Uint8Array.of(3, 1, 1, ...new Uint8Array(32).fill(0xab));
const ADDRESS = { answers: [a('push.provider.test', 1)] };

function tlsa(owner = TLSA_NAME, rdata = RDATA) {
  return record(owner, RecordType.TLSA, rdata);
}

/** What becomes of the target; its SRV record is secure, and nothing else is there, unless told. */
function find(replies: Readonly<Record<string, Reply>>, context: Partial<TargetContext> = {}) {
  const standard = {
    domain: OFFICE,
    zone: OFFICE,
    srvSecurity: SECURE,
    isStrict: false,
    addresses: undefined,
  };
  const denied = signed(SECURE, { authorities: [soa('provider.test')] });
  const { result, rounds } = drive(
    findTarget(SRV, { ...standard, ...context }),
    (asked) => replies[asked] ?? denied,
  );
  return { result, rounds };
}

const names = (...texts: readonly string[]) => texts.map((text) => Name.of(text));

test('SEC-05: where the SRV record is secure, TLSA records are asked for beside the addresses, at port and target', () => {
  const { result, rounds } = find({
    'A push.provider.test.': signed(SECURE, ADDRESS),
    [`TLSA ${TLSA_NAME}.`]: signed(SECURE, { answers: [tlsa()] }),
  });

  expect(rounds).toEqual([['AAAA push.provider.test.', 'A push.provider.test.', `TLSA ${TLSA_NAME}.`]]);
  expect(result).toEqual({
    kind: 'found',
    addresses: ['192.0.2.1'],
    demand: {
      kind: 'dane',
      records: [{ usage: 3, selector: 1, matching: 1, data: RDATA.subarray(3) }],
      baseName: TARGET,
      names: [TARGET, OFFICE],
    },
    ttlSeconds: 60,
  });
});

test.each([
  ['insecure', INSECURE],
  ['not checked', UNCHECKED],
])(
  'SEC-08: where the SRV record is %s, no TLSA record is asked for, and the target’s name will do',
  (_, security) => {
    const { result, rounds } = find({ 'A push.provider.test.': answer(ADDRESS) }, { srvSecurity: security });

    expect(rounds).toEqual([['AAAA push.provider.test.', 'A push.provider.test.']]);
    expect(result).toMatchObject({
      kind: 'found',
      demand: {
        kind: 'pkix',
        names: [
          { name: OFFICE, level: 'domain' },
          { name: TARGET, level: 'target' },
        ],
      },
    });
  },
);

test('SEC-08: addresses that came along with an insecure SRV record are not asked for again', () => {
  const { result, rounds } = find({}, { srvSecurity: INSECURE, addresses: ['192.0.2.66'] });

  expect(rounds).toEqual([]);
  expect(result).toMatchObject({ kind: 'found', addresses: ['192.0.2.66'], ttlSeconds: undefined });
});

test('SEC-08: where the addresses are insecure, TLSA records are not heeded, and the signed name is to be shown', () => {
  for (const reply of [signed(SECURE, { answers: [tlsa()] }), signed(BOGUS, { answers: [tlsa()] })]) {
    const { result } = find({
      'A push.provider.test.': signed(INSECURE, ADDRESS),
      [`TLSA ${TLSA_NAME}.`]: reply,
    });
    expect(result).toMatchObject({
      kind: 'found',
      demand: {
        kind: 'pkix',
        names: [
          { name: TARGET, level: 'signed' },
          { name: OFFICE, level: 'signed' },
        ],
      },
    });
  }
});

test('without TLSA records, or with insecure ones, a signed name is to be shown', () => {
  for (const reply of [
    signed(SECURE, { authorities: [soa('provider.test')] }),
    signed(INSECURE, { answers: [tlsa()] }),
  ]) {
    const { result } = find({
      'A push.provider.test.': signed(SECURE, ADDRESS),
      [`TLSA ${TLSA_NAME}.`]: reply,
    });
    expect(result).toMatchObject({
      kind: 'found',
      demand: { kind: 'pkix', names: [{ level: 'signed' }, {}] },
    });
  }
});

test.each<readonly [string, Reply, string]>([
  ['bogus addresses', signed(BOGUS, ADDRESS), 'do not check out'],
  [
    'no answer about the addresses',
    { kind: 'failed', reason: 'No resolver answers.' },
    'No resolver answers.',
  ],
])('SEC-08: %s: the target is passed over', (_, reply, reason) => {
  const { result } = find({
    'A push.provider.test.': reply,
    'AAAA push.provider.test.': reply,
    [`TLSA ${TLSA_NAME}.`]: signed(SECURE, { answers: [tlsa()] }),
  });

  expect(result).toEqual({ kind: 'skipped', reason: expect.stringContaining(reason), isKept: true });
});

test.each<readonly [string, Reply]>([
  ['are bogus', signed(BOGUS, { answers: [tlsa()] })],
  ['cannot be checked', signed(UNKNOWN, { answers: [tlsa()] })],
  ['were not checked', answer({ answers: [tlsa()] })],
  ['are denied by an answer that cannot be checked', signed(UNKNOWN, { authorities: [soa('test')] })],
  ['are not answered for', { kind: 'failed', reason: 'No answer.' }],
  ['are answered for with SERVFAIL', answer({ rcode: 2 })],
])('SEC-08: a target whose TLSA records %s is passed over', (_, reply) => {
  const { result } = find({
    'A push.provider.test.': signed(SECURE, ADDRESS),
    [`TLSA ${TLSA_NAME}.`]: reply,
  });

  expect(result).toEqual({
    kind: 'unproven',
    addresses: ['192.0.2.1'],
    reason: expect.stringMatching(/^It could not be learned how push\.provider\.test shows who it is/),
  });
});

test('RFC 7671 §10.3: a target whose TLSA records are all unusable is passed over', () => {
  const { result } = find({
    'A push.provider.test.': signed(SECURE, ADDRESS),
    [`TLSA ${TLSA_NAME}.`]: signed(SECURE, { answers: [tlsa(TLSA_NAME, Uint8Array.of(9, 9, 9, 9))] }),
  });

  expect(result).toEqual({
    kind: 'unproven',
    addresses: ['192.0.2.1'],
    reason: expect.stringContaining('in a way that Herald does not understand'),
  });
});

test('RFC 7671 §7: behind a secure alias the records at its end count, and those at the target where it has none', () => {
  const end = 'host.example';
  const replies = {
    'A push.provider.test.': signed(SECURE, {
      answers: [cname('push.provider.test', end), a(end, 7)],
    }),
    'AAAA push.provider.test.': signed(SECURE, { answers: [cname('push.provider.test', end)] }),
    'AAAA host.example.': signed(SECURE, { authorities: [soa('example')] }),
    [`TLSA ${TLSA_NAME}.`]: signed(SECURE, { answers: [tlsa()] }),
  };
  const atEnd = { [`TLSA _853._tcp.${end}.`]: signed(SECURE, { answers: [tlsa(`_853._tcp.${end}`)] }) };

  expect(find({ ...replies, ...atEnd }).result).toMatchObject({
    demand: { kind: 'dane', baseName: Name.of(end), names: names(end, 'push.provider.test', 'office.test') },
  });
  expect(find(replies).result).toMatchObject({ demand: { kind: 'dane', baseName: TARGET } });
});

test('the name of a port has no zeros in front', () => {
  const { rounds } = drive(
    findTarget(
      { ...SRV, port: 49_152 },
      { domain: OFFICE, zone: OFFICE, srvSecurity: SECURE, isStrict: false, addresses: undefined },
    ),
    () => signed(SECURE, { authorities: [soa('provider.test')] }),
  );
  expect(rounds[0]?.[2]).toBe('TLSA _49152._tcp.push.provider.test.');
});

test('a target whose name leaves no room for TLSA records has none', () => {
  const target = Name.ofLabels(['x'.repeat(63), 'x'.repeat(63), 'x'.repeat(63), 'x'.repeat(55)]);
  const { result, rounds } = drive(
    findTarget(
      { ...SRV, target },
      { domain: OFFICE, zone: OFFICE, srvSecurity: SECURE, isStrict: false, addresses: undefined },
    ),
    () => signed(SECURE, { answers: [{ ...a('x', 1), name: target }] }),
  );
  expect(rounds.flat()).toHaveLength(2);
  expect(result).toMatchObject({ kind: 'found', demand: { kind: 'pkix' } });
});

function unsignedNames(context: Partial<TargetContext>, target = 'push.provider.test') {
  const { result } = drive(
    findTarget(
      { ...SRV, target: Name.of(target) },
      {
        domain: OFFICE,
        zone: OFFICE,
        srvSecurity: INSECURE,
        isStrict: false,
        addresses: ['192.0.2.1'],
        ...context,
      },
    ),
    () => answer(),
  );
  if (result.kind !== 'found' || result.demand.kind !== 'pkix') throw new Error('a name was to be demanded');
  return result.demand.names.map(({ name, level }) => `${level} ${name.toString()}`);
}

test('SEC-10: strict demands a name of the domain where DNS is not signed; by default the target’s name will do', () => {
  expect(unsignedNames({})).toEqual(['domain office.test.', 'target push.provider.test.']);
  expect(unsignedNames({ isStrict: true })).toEqual(['domain office.test.']);
  expect(unsignedNames({ isStrict: true }, 'push.office.test')).toEqual([
    'domain office.test.',
    'domain push.office.test.',
  ]);
});

test('SEC-10: strict asks nothing more of a name that DNSSEC vouches for', () => {
  const { result } = find({ 'A push.provider.test.': signed(SECURE, ADDRESS) }, { isStrict: true });
  expect(result).toMatchObject({ demand: { kind: 'pkix', names: [{ name: TARGET, level: 'signed' }, {}] } });
});

test('SEC-10: a zone that an unsigned answer names vouches by its own name, but not for names in it', () => {
  const zone = Name.of('test');
  expect(unsignedNames({ zone })).toEqual([
    'domain office.test.',
    'domain test.',
    'target push.provider.test.',
  ]);
  expect(unsignedNames({ zone, isStrict: true })).toEqual(['domain office.test.', 'domain test.']);
});
