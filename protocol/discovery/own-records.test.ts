import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import type { Question } from '../wire/record.ts';
import { Rcode, RecordClass, RecordType } from '../wire/registry.ts';
import { ownRecords } from './own-records.ts';
import { a, aaaa, answer, cname, nodata, nxdomain, record, signed, soa, srv } from './testing/replies.ts';

const HOST: Question = { name: Name.of('H.test'), type: RecordType.A, class: RecordClass.IN };

test('the records of the name and type that was asked for are its own, and no others', () => {
  const reply = answer({ answers: [a('h.test', 1), a('other.test', 2), aaaa('h.test', 3), a('h.TEST', 4)] });
  expect(ownRecords(HOST, reply)).toEqual({
    kind: 'records',
    records: [a('h.test', 1), a('h.TEST', 4)],
    ttlSeconds: 120,
  });
});

test('an alias is its own, where it leads is another question, and the shortest TTL counts', () => {
  const alias = cname('h.test', 'real.test', 300);
  const reply = answer({ answers: [alias, a('real.test', 1, 30)] });
  expect(ownRecords(HOST, reply)).toEqual({ kind: 'records', records: [alias], ttlSeconds: 30 });
});

test.each([
  ['NODATA', nodata('test')],
  ['NXDOMAIN', nxdomain('test')],
])('POLL-01: %s is no records, for as long as the SOA record says', (_, reply) => {
  expect(ownRecords(HOST, reply)).toEqual({ kind: 'records', records: [], ttlSeconds: 60 });
});

test('POLL-01: NODATA lives for the least of the TTL and the MINIMUM of the SOA record', () => {
  expect(ownRecords(HOST, answer({ authorities: [soa('test', 3600, 10)] }))).toMatchObject({
    ttlSeconds: 10,
  });
  expect(ownRecords(HOST, answer({ authorities: [soa('test', 5, 10)] }))).toMatchObject({ ttlSeconds: 5 });
});

test('a TTL with the top bit set is none (RFC 2181 §8), and a record without RDATA is left out', () => {
  const host = a('h.test', 1, 0x80000000);
  const empty = record('h.test', RecordType.A, new Uint8Array());
  expect(ownRecords(HOST, answer({ answers: [host, empty] }))).toEqual({
    kind: 'records',
    records: [{ ...host, ttlSeconds: 0 }],
    ttlSeconds: 0,
  });
});

test.each([
  ['SERVFAIL', answer({ rcode: Rcode.SERVFAIL }), 'SERVFAIL'],
  ['REFUSED', answer({ rcode: Rcode.REFUSED }), 'REFUSED'],
  ['no answer', { kind: 'failed', reason: 'Nobody answers.' } as const, 'Nobody answers.'],
  [
    'a bogus answer',
    signed({ kind: 'bogus', reason: 'It has expired.' }, { answers: [srv('h.test', [0, 0, 1], 'x.test')] }),
    'It has expired.',
  ],
])('%s tells nothing, with a reason', (_, reply, reason) => {
  expect(ownRecords(HOST, reply)).toMatchObject({ kind: 'failed', reason: expect.stringContaining(reason) });
});
