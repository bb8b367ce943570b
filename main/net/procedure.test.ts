import { expect, test } from 'vitest';
import { findAddresses } from '../../protocol/discovery/addresses.ts';
import { aaaa, srv } from '../../protocol/discovery/testing/replies.ts';
import { findServers } from '../../protocol/discovery/servers.ts';
import { findZone } from '../../protocol/discovery/zone-cut.ts';
import { Name } from '../../protocol/wire/name.ts';
import { typeName } from '../../protocol/wire/registry.ts';
import { run } from './procedure.ts';
import { address, soa } from './testing/records.ts';
import { startDns, startResolver } from './testing/start.ts';

test('zone, servers and addresses are found by asking a real server', async () => {
  const dns = await startDns();
  const resolver = startResolver([dns.endpoint]);
  const zone = run(findZone(Name.of('_ipp._tcp.test')), resolver);
  (await dns.next()).answer({ authorities: [soa(60, 60)] });
  expect(await zone).toMatchObject({ kind: 'found', zone: Name.of('test') });

  const servers = run(findServers(Name.of('test')), resolver);
  (await dns.next()).answer({ answers: [srv('_dns-push-tls._tcp.test', [0, 0, 49_152], 'push.test')] });
  expect(await servers).toMatchObject({
    kind: 'found',
    srvs: [{ port: 49_152, target: Name.of('push.test') }],
  });

  const addresses = run(findAddresses(Name.of('push.test')), resolver);
  const asked = await dns.take(2);
  expect(asked.map(({ query }) => typeName(query.questions[0]!.type)).sort()).toEqual(['A', 'AAAA']);
  for (const { query, answer } of asked) {
    answer({ answers: [typeName(query.questions[0]!.type) === 'A' ? address(1) : aaaa('push.test', 2)] });
  }
  expect(await addresses).toMatchObject({ addresses: ['2001:db8::2', '192.0.2.1'] });
});

test('a procedure that is aborted ends although nobody answers', async () => {
  const dns = await startDns();
  const interest = new AbortController();
  const zone = run(findZone(Name.of('a.b.c.test')), startResolver([dns.endpoint]), interest.signal);
  await dns.next();
  interest.abort();

  expect((await zone).kind).toBe('not-found');
  expect(dns.received).toHaveLength(1);
});
