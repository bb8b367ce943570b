import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import { Rcode } from '../wire/registry.ts';
import type { Reply } from './procedure.ts';
import { answer, drive, nodata, nxdomain, table } from './testing/replies.ts';
import { findZone } from './zone-cut.ts';

const DOMAIN = Name.of('mistyped.test');
const BROWSED = DOMAIN.prepend('_ipp', '_tcp');

function find(name: Name, replies: Readonly<Record<string, Reply>>) {
  const { result, rounds } = drive(findZone(name, DOMAIN), table(replies));
  return { result, asked: rounds.flat() };
}

test('a domain that does not exist is told apart from one that lies in a larger zone', () => {
  const missing = find(BROWSED, {
    'SOA _ipp._tcp.mistyped.test.': nxdomain('test'),
    'SOA mistyped.test.': nxdomain('test'),
  });
  const inside = find(BROWSED, {
    'SOA _ipp._tcp.mistyped.test.': nxdomain('test'),
    'SOA mistyped.test.': nodata('test'),
  });

  expect(missing.asked).toEqual(['SOA _ipp._tcp.mistyped.test.', 'SOA mistyped.test.']);
  expect(missing.result).toMatchObject({ kind: 'not-found', rcode: Rcode.NXDOMAIN, transient: false });
  expect(missing.result).toMatchObject({
    reason: expect.stringMatching(/^The domain mistyped\.test does not exist/),
  });
  expect(inside.result).toMatchObject({ kind: 'found', zone: Name.of('test') });
});

test('one question is enough when the domain itself was asked for', () => {
  const { result, asked } = find(DOMAIN, { 'SOA mistyped.test.': nxdomain('test') });

  expect(asked).toHaveLength(1);
  expect(result).toMatchObject({ kind: 'not-found', rcode: Rcode.NXDOMAIN });
});

test.each([
  ['the zone is the domain', nxdomain('Mistyped.test')],
  ['the zone lies below the domain', nxdomain('_tcp.mistyped.test')],
  ['the name exists, so its parents do', nodata('test')],
])('one question is enough when %s', (_, reply) => {
  const { result, asked } = find(BROWSED, { 'SOA _ipp._tcp.mistyped.test.': reply });

  expect(asked).toHaveLength(1);
  expect(result.kind).toBe('found');
});

test('a domain whose existence cannot be learned is not called missing', () => {
  const { result } = find(BROWSED, {
    'SOA _ipp._tcp.mistyped.test.': nxdomain('test'),
    'SOA mistyped.test.': { kind: 'failed', reason: 'No answer.' },
  });

  expect(result.kind).toBe('found');
});

test('NXDOMAIN all the way up, without a SOA record, still says that the domain does not exist', () => {
  const { result } = drive(findZone(BROWSED, DOMAIN), () => answer({ rcode: Rcode.NXDOMAIN }));

  expect(result).toMatchObject({ kind: 'not-found', rcode: Rcode.NXDOMAIN });
  expect(result).toMatchObject({
    reason: expect.stringMatching(/^The domain mistyped\.test does not exist/),
  });
});
