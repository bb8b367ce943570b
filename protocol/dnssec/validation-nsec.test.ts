import { expect, test } from 'vitest';
import { Rcode } from '../wire/registry.ts';
import { ExampleZone } from './testing/validated.ts';

const ZONE = new ExampleZone('rfc4035.zone', Date.UTC(2004, 3, 20));
const SOA = 'example. SOA';

test('RFC 4035 B.1: an answer with signatures of its zone is secure', () => {
  const { security, message } = ZONE.validated('ai.example. A', { answers: ['ai.example. A'] });
  expect(security).toEqual({ kind: 'secure' });
  expect(message.answers).toHaveLength(2);
});

test('RFC 4035 B.2: a name that is not there is denied by two NSEC records, one of them for the wildcard', () => {
  const authorities = [SOA, 'b.example. NSEC', 'example. NSEC'];
  const denied = ZONE.validated('ml.example. A', { rcode: Rcode.NXDOMAIN, authorities });
  expect(denied.security).toEqual({ kind: 'secure' });
});

test.each([['b.example. NSEC'], ['example. NSEC']])(
  'RFC 4035 §5.4: with %s alone a name is not denied',
  (nsec) => {
    const { security } = ZONE.validated('ml.example. A', { rcode: Rcode.NXDOMAIN, authorities: [SOA, nsec] });
    expect(security).toMatchObject({ kind: 'bogus', reason: expect.stringContaining('does not prove it') });
  },
);

test('RFC 4035 B.3: a type that is not there is denied by the NSEC record of its name', () => {
  const authorities = [SOA, 'ns1.example. NSEC'];
  expect(ZONE.validated('ns1.example. MX', { authorities }).security).toEqual({ kind: 'secure' });
  expect(ZONE.validated('ns1.example. A', { authorities }).security.kind).toBe('bogus');
});

test('RFC 4035 B.5: the NSEC record of a delegation says nothing of the names and records in the other zone', () => {
  const authorities = ['b.example. NSEC'];
  const question = 'mc.b.example. MX';
  expect(ZONE.validated(question, { authorities }).security.kind).toBe('bogus');
  expect(ZONE.validated('b.example. MX', { authorities }).security.kind).toBe('bogus');
  expect(ZONE.validated('b.example. DS', { authorities }).security).toEqual({ kind: 'secure' });
});

test('RFC 4035 B.6: an expanded wildcard is secure with the proof that nothing is closer, and not without', () => {
  const question = 'a.z.w.example. MX';
  const answers = [question];
  const proven = ZONE.validated(question, { answers, authorities: ['x.y.w.example. NSEC'] });
  expect(proven.security).toEqual({ kind: 'secure' });
  expect(ZONE.validated(question, { answers }).security).toMatchObject({
    kind: 'bogus',
    reason: expect.stringContaining('stand for a wildcard'),
  });
  const other = ZONE.validated(question, { answers, authorities: ['b.example. NSEC'] });
  expect(other.security.kind).toBe('bogus');
});

test('RFC 4035 B.7: a type that a wildcard does not have is denied by its NSEC record and the proof that nothing is closer', () => {
  const authorities = [SOA, 'x.y.w.example. NSEC', '*.w.example. NSEC'];
  expect(ZONE.validated('a.z.w.example. AAAA', { authorities }).security).toEqual({ kind: 'secure' });
  expect(ZONE.validated('a.z.w.example. MX', { authorities }).security.kind).toBe('bogus');
  const withoutWildcard = ZONE.validated('a.z.w.example. AAAA', { authorities: authorities.slice(0, 2) });
  expect(withoutWildcard.security.kind).toBe('bogus');
});

test('RFC 4592 §2.2.2: a name that only has others below it has no records, and is there', () => {
  const authorities = [SOA, '*.w.example. NSEC'];
  expect(ZONE.validated('y.w.example. A', { authorities: [SOA, 'x.y.w.example. NSEC'] }).security.kind).toBe(
    'bogus',
  );
  expect(ZONE.validated('x.w.example. A', { authorities }).security.kind).toBe('bogus');
});

test('RFC 4035 B.8: the apex of a zone does not say whether the zone above vouches for it', () => {
  const { security } = ZONE.validated('example. DS', { authorities: [SOA, 'example. NSEC'] });
  expect(security).toMatchObject({
    kind: 'indeterminate',
    reason: expect.stringContaining('No trust anchor'),
  });
});
