import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import { Rcode, RecordType } from '../wire/registry.ts';
import { UNCHECKED } from './security.ts';
import { findServers } from './servers.ts';
import { a, aaaa, answer, cname, drive, nodata, nxdomain, record, srv, table } from './testing/replies.ts';

const ZONE = Name.of('office.test');
const OWNER = '_dns-push-tls._tcp.office.test';
const ASKED = `SRV ${OWNER}.`;

function find(reply: Parameters<typeof table>[0]) {
  const { result, rounds } = drive(findServers(ZONE), table(reply));
  return { result, asked: rounds.flat() };
}

test('DISC-07: the SRV record of _dns-push-tls._tcp in the zone is asked for, and its port is the port', () => {
  const { result, asked } = find({
    [ASKED]: answer({ answers: [srv(OWNER, [0, 0, 49_152], 'push.office.test', 60)] }),
  });

  expect(asked).toEqual([ASKED]);
  expect(result).toEqual({
    kind: 'found',
    srvs: [{ priority: 0, weight: 0, port: 49_152, target: Name.of('push.office.test') }],
    addresses: new Map(),
    ttlSeconds: 60,
    security: UNCHECKED,
  });
});

test.each([
  ['no such name', nxdomain('office.test')],
  ['no SRV record', nodata('office.test')],
  ['an answer without anything', answer()],
  ['the target "."', answer({ answers: [srv(OWNER, [0, 0, 853], '.')] })],
  ['port 0', answer({ answers: [srv(OWNER, [0, 0, 0], 'push.office.test')] })],
  ['an empty SRV record', answer({ answers: [record(OWNER, RecordType.SRV, new Uint8Array())] })],
  [
    'the SRV record of another name',
    answer({ answers: [srv(`x.${OWNER}`, [0, 0, 853], 'push.office.test')] }),
  ],
])('DISC-08: %s means that the zone offers no push', (_, reply) => {
  const { result } = find({ [ASKED]: reply });

  expect(result).toMatchObject({
    kind: 'none',
    reason: expect.stringContaining('office.test offers no push'),
  });
});

test('a target "." beside a real one is passed over', () => {
  const answers = [srv(OWNER, [0, 0, 853], '.'), srv(OWNER, [1, 0, 853], 'push.office.test')];
  const { result } = find({ [ASKED]: answer({ answers }) });

  expect(result).toMatchObject({ kind: 'found', srvs: [{ priority: 1 }] });
});

test.each([
  ['a resolver that does not answer', { kind: 'failed', reason: 'No answer.' } as const],
  ['SERVFAIL', answer({ rcode: Rcode.SERVFAIL })],
  ['REFUSED', answer({ rcode: Rcode.REFUSED })],
])('%s does not mean that there is no push', (_, reply) => {
  expect(find({ [ASKED]: reply }).result.kind).toBe('failed');
});

test('DISC-14: addresses that came along are kept by target, other ones and dead ones are not', () => {
  const answers = [srv(OWNER, [0, 0, 853], 'push.office.test'), srv(OWNER, [0, 0, 853], 'other.office.test')];
  const additionals = [
    a('PUSH.office.test', 1),
    aaaa('push.office.test', 2),
    a('push.office.test', 3, 0),
    a('www.office.test', 4),
    record('push.office.test', RecordType.A, Uint8Array.of(1, 2, 3)),
  ];
  const { result } = find({ [ASKED]: answer({ answers, additionals }) });

  const addresses = new Map([[Name.of('push.office.test').key, ['192.0.2.1', '2001:db8::2']]]);
  expect(result).toMatchObject({ kind: 'found', addresses });
});

test('an alias of the SRV name is followed, within the answer and beyond it', () => {
  const target = '_dns-push-tls._tcp.proxy.test';
  const service = srv(target, [0, 0, 853], 'push.proxy.test', 30);
  const within = find({ [ASKED]: answer({ answers: [cname(OWNER, target, 20), service] }) });
  const beyond = find({
    [ASKED]: answer({ answers: [cname(OWNER, target, 20)] }),
    [`SRV ${target}.`]: answer({ answers: [service] }),
  });

  expect(within.asked).toEqual([ASKED]);
  expect(beyond.asked).toEqual([ASKED, `SRV ${target}.`]);
  for (const { result } of [within, beyond]) expect(result).toMatchObject({ kind: 'found', ttlSeconds: 20 });
});

test('a zone whose name leaves no room for the service has no push', () => {
  const long = Name.ofLabels(['x'.repeat(63), 'x'.repeat(63), 'x'.repeat(63), 'x'.repeat(50)]);

  expect(drive(findServers(long), table({}))).toMatchObject({ result: { kind: 'none' }, rounds: [] });
});
