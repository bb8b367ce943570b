import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import { RecordType } from '../wire/registry.ts';
import { findAddresses } from './addresses.ts';
import { lookUp } from './lookup.ts';
import type { Reply } from './procedure.ts';
import type { Security } from './security.ts';
import { UNCHECKED, weakest } from './security.ts';
import { findServers } from './servers.ts';
import { a, answer, cname, drive, nodata, signed, soa, srv, table } from './testing/replies.ts';
import { findZone } from './zone-cut.ts';

const SECURE: Security = { kind: 'secure' };
const INSECURE: Security = { kind: 'insecure', reason: 'The zone test is not signed.' };
const BOGUS: Security = { kind: 'bogus', reason: 'Its signature expired.' };
const HOST = Name.of('push.test');

function lookUpAddress(replies: Readonly<Record<string, Reply>>) {
  const [found] = drive(lookUp(HOST, [RecordType.A]), table(replies)).result;
  return found;
}

test('a chain of answers is as secure as the weakest of them', () => {
  expect(weakest(SECURE)).toBe(SECURE);
  expect(weakest(SECURE, INSECURE)).toBe(INSECURE);
  expect(weakest(INSECURE, UNCHECKED, SECURE)).toBe(UNCHECKED);
  expect(weakest(BOGUS, UNCHECKED, INSECURE)).toBe(BOGUS);
});

test('what nobody checked is neither secure nor proven insecure', () => {
  const found = lookUpAddress({ 'A push.test.': answer({ answers: [a('push.test', 1)] }) });
  expect(found).toMatchObject({ kind: 'records', security: UNCHECKED });
});

test('records behind aliases are as secure as every answer on the way', () => {
  const end = signed(SECURE, { answers: [a('end.example', 1)] });
  const found = (ofAlias: Security) =>
    lookUpAddress({
      'A push.test.': signed(ofAlias, { answers: [cname('push.test', 'end.example')] }),
      'A end.example.': end,
    });
  expect(found(SECURE)).toMatchObject({ kind: 'records', security: SECURE });
  expect(found(INSECURE)).toMatchObject({ kind: 'records', security: INSECURE });
});

test('a denial has its security too', () => {
  const denial = signed(SECURE, { authorities: [soa('test')] });
  expect(lookUpAddress({ 'A push.test.': denial })).toMatchObject({ kind: 'nothing', security: SECURE });
});

test('the addresses of a host are as secure as the answers about both families', () => {
  const { result } = drive(
    findAddresses(HOST),
    table({
      'A push.test.': signed(SECURE, { answers: [a('push.test', 1)] }),
      'AAAA push.test.': signed(INSECURE, { authorities: [soa('test')] }),
    }),
  );
  expect(result).toMatchObject({ kind: 'found', addresses: ['192.0.2.1'], security: INSECURE });
});

test('bogus records are as good as none, and the reason says what is wrong and what to do', () => {
  const found = lookUpAddress({ 'A push.test.': signed(BOGUS, { answers: [a('push.test', 1)] }) });
  expect(found).toEqual({
    kind: 'failed',
    reason:
      'The signatures of the answers about push.test do not check out: they were altered on the way, or the domain is ' +
      'set up wrong. Its signature expired. Nothing of them is believed. Ask who runs the domain.',
  });
});

test('no zone is taken from a bogus answer, and its parents are not asked instead', () => {
  const { result, rounds } = drive(
    findZone(Name.of('office.test')),
    table({
      'SOA office.test.': signed(BOGUS, { answers: [soa('office.test')] }),
      'SOA test.': nodata('test'),
    }),
  );
  expect(rounds).toHaveLength(1);
  expect(result).toMatchObject({ kind: 'not-found', reason: expect.stringContaining('do not check out') });
});

test('addresses that come along with secure SRV records are looked up all the same: nobody vouches for them', () => {
  const find = (security: Security) => {
    const parts = {
      answers: [srv('_dns-push-tls._tcp.test', [0, 0, 853], 'push.test')],
      additionals: [a('push.test', 66)],
    };
    return drive(findServers(Name.of('test')), () => signed(security, parts)).result;
  };
  expect(find(SECURE)).toMatchObject({ security: SECURE, addresses: new Map() });
  expect(find(INSECURE)).toMatchObject({ addresses: new Map([[HOST.key, ['192.0.2.66']]]) });
});
