import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { add } from '../demo/testing/zone-fixture.ts';
import type { ResolverIdentity } from '../net/resolver-address.ts';
import { pinOf } from '../net/spki-pins.ts';
import type { Identity } from '../net/testing/certificates.ts';
import { selfSigned } from '../net/testing/certificates.ts';
import { FakeTls, startTcp } from '../net/testing/fake-tls.ts';
import { AUTHORITY } from '../net/testing/recorded-transport.ts';
import { startPush, startZone, Watcher } from './testing/real-network.ts';

const WRONG_PIN = 'd6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmM=';
const NAMED = AUTHORITY.issue({ names: ['dns.isp.test'] });
/** It is nobody's, and has expired: only its key can be known. */
const SELF_SIGNED = selfSigned({ names: ['any.test'], fromDay: -900, untilDay: -800 });
const LISTED = `
push A 127.0.0.1
_services._dns-sd._udp PTR _ipp._tcp
_ipp._tcp PTR Laser._ipp._tcp
`;
const pin = ({ cert }: Identity): string => pinOf(new X509Certificate(cert));

/** A domain with a push server of its own, and who watches it with a resolver on loopback that is to show `identity`. */
async function network() {
  const { endpoint, store } = await startZone(LISTED);
  const own = await startPush(store, AUTHORITY.issue({ names: ['push.office.test'] }));
  store.all[0]!.apply([add(`_dns-push-tls._tcp SRV 0 0 ${own.port} push`)]);
  const watcher = new Watcher(endpoint);
  watcher.systemCa = AUTHORITY.ca;
  const watch = (port: number, identity: ResolverIdentity) => {
    watcher.secureAddress = { host: '127.0.0.1', port, identity };
    return watcher.watch('office.test', { caPem: undefined });
  };
  return { store, own, watcher, watch };
}

test.each<readonly [string, Identity, ResolverIdentity, string, string]>([
  [
    'the pin of its key, whatever its certificate says',
    SELF_SIGNED,
    { name: null, pins: [WRONG_PIN, pin(SELF_SIGNED)] },
    '127.0.0.1',
    'its key is pinned.',
  ],
  [
    'a name that is in its certificate',
    NAMED,
    { name: 'dns.isp.test', pins: [] },
    'dns.isp.test',
    'a trusted authority vouches that it is dns.isp.test.',
  ],
  [
    'a name and a pin',
    NAMED,
    { name: 'dns.isp.test', pins: [pin(NAMED)] },
    'dns.isp.test',
    'a trusted authority vouches that it is dns.isp.test, and its key is pinned.',
  ],
])('DISC-01, SEC-13: a resolver that has %s pushes itself', async (_, shown, identity, name, why) => {
  const { store, watch, watcher } = await network();
  const resolver = await startPush(store, shown);
  const { domain, step, verdicts } = await watch(resolver.port, identity);

  expect(verdicts).toBe('++++++++++');
  expect(domain).toMatchObject({ state: 'live', server: `${name}:${resolver.port}` });
  expect(domain.trust).toEqual({
    level: 'resolver',
    title: 'Resolver',
    sentence: `The resolver that is set tells of office.test itself: ${why} What it tells is believed on its word.`,
  });
  expect(step('identity').text).toBe(domain.trust?.sentence);
  expect(watcher.targets.map(({ port }) => port)).toEqual([resolver.port]);
  expect(watcher.asked).toEqual([]);
});

test('DISC-01: a resolver that is known by its address alone is asked for lookups and never connected to', async () => {
  const { own, watcher } = await network();
  const { domain } = await watcher.watch('office.test', { caPem: undefined });

  expect(domain).toMatchObject({ state: 'live', server: `push.office.test:${own.port}` });
  expect(watcher.targets.map(({ port, role }) => [port, role])).toEqual([[own.port, undefined]]);
  expect(watcher.asked[0]).toBe('SOA _services._dns-sd._udp.office.test.');
});

test.each<readonly [string, Identity, ResolverIdentity, RegExp]>([
  ['not the pin', SELF_SIGNED, { name: null, pins: [WRONG_PIN] }, /not among the pinned ones/],
  [
    'the name and not the pin',
    NAMED,
    { name: 'dns.isp.test', pins: [WRONG_PIN] },
    /not among the pinned ones/,
  ],
  ['the pin and not the name', NAMED, { name: 'other.test', pins: [pin(NAMED)] }, /is for other names/],
  [
    'the pin, the name and no authority',
    SELF_SIGNED,
    { name: 'any.test', pins: [pin(SELF_SIGNED)] },
    /expired|not trusted/,
  ],
])(
  'DISC-02, SEC-01: a resolver that has %s is sent nothing, and the servers of the zone are found',
  async (...row) => {
    const [, shown, identity, reason] = row;
    const { own, watch, watcher } = await network();
    const resolver = await FakeTls.start(shown);
    const { domain, step } = await watch(resolver.port, identity);

    expect(domain).toMatchObject({
      state: 'live',
      server: `push.office.test:${own.port}`,
      trust: { level: 'domain' },
    });
    expect(watcher.targets.map(({ port }) => port)).toEqual([resolver.port, own.port]);
    expect(watcher.asked[0]).toBe('SOA _services._dns-sd._udp.office.test.');
    expect(step('identity').evidence[0]).toMatchObject({ answer: 'failed' });
    expect(step('identity').evidence[1]).toMatchObject({
      query: `Another server, ${identity.name ?? '127.0.0.1'}:${resolver.port}`,
      answer: expect.stringMatching(reason),
    });
    expect(resolver.accepted.map(({ text }) => text()).join('')).toBe('');
  },
);

test.each<readonly [string, () => Promise<number>, RegExp]>([
  ['that refuses connections', closedPort, /^Nothing listens at .* the resolver dns\.isp\.test is down/],
  [
    'that speaks no TLS',
    () => startTcp((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')),
    /does not speak TLS/,
  ],
])('DISC-02: after a resolver %s the servers of the zone are found', async (_, start, reason) => {
  const { own, watch, watcher } = await network();
  const port = await start();
  const { domain, ladder } = await watch(port, { name: 'dns.isp.test', pins: [] });

  expect(domain).toMatchObject({ state: 'live', server: `push.office.test:${own.port}` });
  expect(watcher.targets.map((target) => target.port)).toEqual([port, own.port]);
  expect(watcher.asked[0]).toBe('SOA _services._dns-sd._udp.office.test.');
  const evidence = ladder.steps.flatMap((step) => step.evidence);
  const told = evidence.find(({ query }) => query === `Another server, dns.isp.test:${port}`);
  expect(told?.answer).toMatch(reason);
});

/** A port at which nothing listens any more. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
