import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import { Rcode, RecordType } from '../wire/registry.ts';
import { addressOf, findAddresses } from './addresses.ts';
import { UNCHECKED } from './security.ts';
import { a, aaaa, answer, cname, drive, nodata, nxdomain, record, soa, table } from './testing/replies.ts';

const HOST = Name.of('push.test');

function find(replies: Parameters<typeof table>[0]) {
  return drive(findAddresses(HOST), table(replies));
}

test('DISC-14: A and AAAA are asked for at once, and the families take turns, IPv6 first', () => {
  const { result, rounds } = find({
    'A push.test.': answer({ answers: [a('push.test', 1, 90), a('push.test', 2), a('push.test', 3)] }),
    'AAAA push.test.': answer({ answers: [aaaa('push.test', 9)] }),
  });

  expect(rounds).toEqual([['AAAA push.test.', 'A push.test.']]);
  expect(result).toEqual({
    kind: 'found',
    addresses: ['2001:db8::9', '192.0.2.1', '192.0.2.2', '192.0.2.3'],
    canonicalName: HOST,
    ttlSeconds: 90,
    security: UNCHECKED,
  });
});

test('the answer without addresses of one family limits how long the whole may be used', () => {
  const { result } = find({
    'A push.test.': answer({ answers: [a('push.test', 1, 90)] }),
    'AAAA push.test.': answer({ authorities: [soa('test', 3600, 10)] }),
  });

  expect(result).toMatchObject({ kind: 'found', ttlSeconds: 10 });
});

test('one family that fails does not hurt the other', () => {
  const { result } = find({
    'A push.test.': answer({ answers: [a('push.test', 1)] }),
    'AAAA push.test.': { kind: 'failed', reason: 'No answer.' },
  });

  expect(result).toMatchObject({ kind: 'found', addresses: ['192.0.2.1'], ttlSeconds: 120 });
});

test.each([
  ['no answer', { kind: 'failed', reason: 'No answer.' } as const, 'No answer.'],
  ['SERVFAIL', answer({ rcode: Rcode.SERVFAIL }), expect.stringContaining('(SERVFAIL)')],
])(
  '%s for one family and nothing of the other is a failure, not the absence of addresses',
  (_, reply, reason) => {
    const { result } = find({ 'A push.test.': reply, 'AAAA push.test.': nodata('test') });

    expect(result).toMatchObject({ kind: 'failed', reason });
  },
);

test.each([
  ['does not exist', nxdomain('test')],
  ['has no address', nodata('test')],
])('a host that %s is reported with its name', (problem, reply) => {
  const { result } = find({ 'A push.test.': reply, 'AAAA push.test.': reply });

  expect(result).toMatchObject({
    kind: 'none',
    reason: expect.stringContaining(`The host push.test ${problem}`),
  });
});

test('aliases are followed to their end, which is the canonical name', () => {
  const alias = cname('push.test', 'farm.example');
  const { result, rounds } = find({
    'A push.test.': answer({ answers: [alias, a('farm.example', 7)] }),
    'AAAA push.test.': answer({ answers: [alias] }),
    'AAAA farm.example.': answer({ answers: [aaaa('farm.example', 8)] }),
  });

  expect(rounds).toEqual([['AAAA push.test.', 'A push.test.'], ['AAAA farm.example.']]);
  expect(result).toMatchObject({
    addresses: ['2001:db8::8', '192.0.2.7'],
    canonicalName: Name.of('farm.example'),
  });
});

test.each([
  ['NXDOMAIN', { rcode: Rcode.NXDOMAIN }],
  ['a SOA record', { authorities: [soa('test')] }],
])('a denial of the end of the aliases, by %s, is believed without asking again', (_, denial) => {
  const reply = answer({ answers: [cname('push.test', 'gone.test')], ...denial });
  const { result, rounds } = find({ 'A push.test.': reply, 'AAAA push.test.': reply });

  expect(rounds).toHaveLength(1);
  expect(result.kind).toBe('none');
});

test.each([
  ['within one answer', (name: string) => answer({ answers: chain(name, 9) })],
  ['over many answers', (name: string) => answer({ answers: chain(name, 1) })],
  ['in a circle', (name: string) => answer({ answers: [cname(name, name)] })],
])('more than eight aliases %s are given up', (_, reply) => {
  const { result, rounds } = drive(findAddresses(HOST), (_asked, { name }) => reply(name.toString()));

  expect(rounds.length).toBeLessThanOrEqual(9);
  expect(result).toMatchObject({ kind: 'failed', reason: expect.stringContaining('more than 8') });
});

test('eight aliases are followed', () => {
  const answers = [...chain('push.test.', 8), a(`${'x'.repeat(8)}push.test.`, 1)];
  const { result } = find({ 'A push.test.': answer({ answers }), 'AAAA push.test.': nodata('test') });

  expect(result).toMatchObject({ kind: 'found', addresses: ['192.0.2.1'] });
});

test('an address record whose RDATA has the wrong length, or another class, is passed over', () => {
  expect(addressOf(record('x', RecordType.A, Uint8Array.of(1, 2, 3)))).toBeUndefined();
  expect(addressOf(record('x', RecordType.AAAA, Uint8Array.of(1, 2, 3, 4)))).toBeUndefined();
  expect(addressOf({ ...a('x', 1), class: 3 })).toBeUndefined();
  expect(addressOf(a('x', 1))).toBe('192.0.2.1');
});

/** Aliases, each target with an "x" more in front than its owner. */
function chain(from: string, length: number) {
  return Array.from({ length }, (_, at) => cname(`${'x'.repeat(at)}${from}`, `${'x'.repeat(at + 1)}${from}`));
}
