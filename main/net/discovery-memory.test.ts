import { expect, test } from 'vitest';
import { findAddresses } from '../../protocol/discovery/addresses.ts';
import { findServers } from '../../protocol/discovery/servers.ts';
import { findZone } from '../../protocol/discovery/zone-cut.ts';
import { Name } from '../../protocol/wire/name.ts';
import type { ResourceRecord } from '../../protocol/wire/record.ts';
import { Rcode, RecordClass, RecordType, typeName } from '../../protocol/wire/registry.ts';
import { ByteWriter } from '../../protocol/wire/writer.ts';
import { run } from './procedure.ts';
import type { FakeDns, Received } from './testing/fake-dns.ts';
import { soa } from './testing/records.ts';
import { startDns, startResolver } from './testing/start.ts';
import { VirtualClock } from './virtual-clock.ts';

const TYPES = Array.from({ length: 10 }, (_, at) => Name.of(`_type${at}._tcp.test`));
const SERVICE = Name.of('_dns-push-tls._tcp.test');

function srv(target: string, ttlSeconds: number): ResourceRecord {
  const writer = new ByteWriter();
  for (const value of [0, 0, 853]) writer.u16(value);
  writer.name(Name.of(target), false);
  return { name: SERVICE, type: RecordType.SRV, class: RecordClass.IN, ttlSeconds, rdata: writer.finish() };
}

/** Answers as a zone does whose SRV record points at `target`, for the seconds given; the questions so far. */
function zone(dns: FakeDns, target: () => string, seconds: { readonly soa: number; readonly srv: number }) {
  const asked: string[] = [];
  const answer = (received: Received): void => {
    const [question] = received.query.questions;
    asked.push(`${typeName(question!.type)} ${String(question!.name)}`);
    if (question!.type === RecordType.SRV) received.answer({ answers: [srv(target(), seconds.srv)] });
    else if (question!.type === RecordType.A) {
      received.answer({ answers: [{ ...question!, ttlSeconds: 60, rdata: Uint8Array.of(192, 0, 2, 1) }] });
    } else received.answer({ rcode: Rcode.NXDOMAIN, authorities: [soa(seconds.soa, seconds.soa)] });
  };
  void (async () => {
    for (;;) answer(await dns.next());
  })();
  return asked;
}

/** What a client does for one subscription: the zone, its servers, the addresses of the first (RFC 8765 §6.1). */
async function discover(name: Name, resolver: ReturnType<typeof startResolver>): Promise<string> {
  const cut = await run(findZone(name), resolver);
  if (cut.kind !== 'found') return cut.reason;
  const servers = await run(findServers(cut.zone), resolver);
  if (servers.kind !== 'found') return servers.kind;
  const { target } = servers.srvs[0]!;
  const addresses = await run(findAddresses(target), resolver);
  return `${String(target)} ${addresses.kind}`;
}

test('DISC-11: ten subscriptions in a zone ask for its servers and their addresses once, and each for its own zone', async () => {
  const dns = await startDns();
  const asked = zone(dns, () => 'push.test', { soa: 3600, srv: 3600 });
  const resolver = startResolver([dns.endpoint]);
  const found = await Promise.all(TYPES.map((type) => discover(type, resolver)));

  expect(found).toEqual(Array(10).fill('push.test. found'));
  expect(asked.filter((question) => !question.startsWith('SOA')).sort()).toEqual([
    'A push.test.',
    'AAAA push.test.',
    'SRV _dns-push-tls._tcp.test.',
  ]);
});

test('DISC-11: the same name again is a climb from memory, until its time is over; a new SRV record is used then', async () => {
  const dns = await startDns();
  let target = 'old.test';
  const asked = zone(dns, () => target, { soa: 300, srv: 120 });
  const clock = new VirtualClock();
  const resolver = startResolver([dns.endpoint], clock);
  expect(await discover(TYPES[0]!, resolver)).toBe('old.test. found');
  target = 'new.test';
  const before = asked.length;
  clock.advance(59_000);
  expect(await discover(TYPES[0]!, resolver)).toBe('old.test. found');
  expect(asked).toHaveLength(before);

  clock.advance(61_000);
  expect(await discover(TYPES[0]!, resolver)).toBe('new.test. found');
  expect(asked.slice(before)).toEqual(['SRV _dns-push-tls._tcp.test.', 'AAAA new.test.', 'A new.test.']);
});

test('DISC-11: on another network nothing is remembered, and what was denied there is asked again', async () => {
  const dns = await startDns();
  const asked = zone(dns, () => 'push.test', { soa: 3600, srv: 3600 });
  const resolver = startResolver([dns.endpoint]);
  await discover(TYPES[0]!, resolver);
  const before = asked.length;
  resolver.forget();
  await discover(TYPES[0]!, resolver);

  expect(asked).toHaveLength(2 * before);
});
