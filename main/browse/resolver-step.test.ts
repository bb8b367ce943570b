import { afterEach, expect, test } from 'vitest';
import type { DomainTrust } from '../net/domain-trust.ts';
import { Rcode, typeName } from '../../protocol/wire/registry.ts';
import { Browsing, OFFICE } from './testing/browsing.ts';

const SHOP = OFFICE.replaceAll('office.test', 'shop.test').replace('SRV 0 0 853', 'SRV 0 0 8853');
/** Where the resolver that shows who it is is. */
const PORT = 8530;
const ADDRESS = { host: '192.0.2.53', port: PORT, identity: { name: 'dns.isp.test', pins: [] } };

let browsing: Browsing;

afterEach(async () => {
  expect(await browsing.end(), 'timers left behind').toBe(0);
});

function ports(): readonly number[] {
  return browsing.ether.links.map(({ target }) => target.port);
}

function asked(): readonly string[] {
  return browsing.ether.asked.map(({ name, type }) => `${typeName(type)} ${name.toString()}`);
}

test('DISC-01: a resolver without an identity is never connected to', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  expect(browsing.ether.links.map(({ target: { serverName, role } }) => [serverName, role])).toEqual([
    ['push.office.test', undefined],
  ]);
  expect(asked()[0]).toBe('SOA _services._dns-sd._udp.office.test.');
});

test('DISC-01: a resolver that shows who it is is asked for push first, and for nothing else when it pushes', async () => {
  browsing = new Browsing(OFFICE);
  browsing.ether.resolver.secureAddress = ADDRESS;
  await browsing.watch('office.test');

  expect(browsing.ether.link.target).toMatchObject({
    serverName: 'dns.isp.test',
    port: PORT,
    addresses: ['192.0.2.53'],
    role: 'resolver',
  });
  expect(ports()).toEqual([PORT]);
  expect(asked()).toEqual([]);
  expect(browsing.domain()).toMatchObject({ state: 'live', services: 1, server: `dns.isp.test:${PORT}` });
  const [ladder] = browsing.workspace.snapshot().tables.ladders;
  expect(ladder!.steps[0]).toMatchObject({
    verdict: 'passed',
    text: expect.stringContaining('192.0.2.53 port 8530 over TLS, is asked to push itself'),
  });
  expect(ladder!.steps.map(({ verdict }) => verdict)).toEqual(Array(10).fill('passed'));
});

test('DISC-01: one that is known by its key alone is asked as well, under its address and with the pins', async () => {
  browsing = new Browsing(OFFICE);
  browsing.ether.resolver.secureAddress = { ...ADDRESS, identity: { name: null, pins: ['PIN'] } };
  await browsing.watch('office.test');

  expect(browsing.ether.link.target).toMatchObject({ serverName: '192.0.2.53', pins: ['PIN'] });
});

test('a resolver pushes what lies in other zones too, on the one session', async () => {
  browsing = new Browsing(OFFICE, SHOP);
  browsing.ether.resolver.secureAddress = ADDRESS;
  browsing.change('add', '_ipp._tcp PTR Laser._ipp._tcp.shop.test.');
  await browsing.watch('office.test');
  await browsing.watch('shop.test');

  expect(ports()).toEqual([PORT]);
  expect(browsing.services.map(({ host, via }) => [host, via])).toEqual([
    ['laser.office.test', 'push'],
    ['laser.shop.test', 'push'],
    ['laser.shop.test', 'push'],
  ]);
});

test.each<readonly [string, DomainTrust]>([
  ['strict', { isStrict: true }],
  ['an authority of its own', { caPem: 'CA' }],
  ['a pinned key', { pins: ['PIN'] }],
  ['a certificate to show', { client: { kind: 'pem', certificate: 'C', key: 'K' } }],
])('a domain with %s is asked of its own server, which alone can be what that demands', async (_, trust) => {
  browsing = new Browsing(OFFICE);
  browsing.ether.resolver.secureAddress = ADDRESS;
  browsing.workspace.watch({ domain: 'office.test', trust: () => ({ ok: true, trust }) });
  await browsing.ether.flow();

  expect(asked()[0]).toBe('SOA _services._dns-sd._udp.office.test.');
  expect(ports()).not.toContain(PORT);
});

const FAILURES: readonly (readonly [what: string, prepare: () => unknown, told: RegExp])[] = [
  ['refuses the connection', () => browsing.ether.deadPorts.add(PORT), /./],
  ['cannot show who it is', () => browsing.ether.strangePorts.add(PORT), /^Somebody else answers\.$/],
  [
    'does no DSO',
    () => browsing.ether.rcodesOf.set(PORT, () => Rcode.NOTIMP),
    /^The resolver at dns\.isp\.test port 8530 knows no DNS Push: .*NOTIMP/,
  ],
  [
    'does no push (DSOTYPENI)',
    () => decline(Rcode.DSOTYPENI),
    /^The resolver declined the subscription for office\.test \(DSOTYPENI\)/,
  ],
  [
    'cannot follow the name (SERVFAIL)',
    () => decline(Rcode.SERVFAIL),
    /^The resolver declined the subscription for office\.test \(SERVFAIL\)/,
  ],
];

/** The resolver answers every SUBSCRIBE with this RCODE. */
function decline(rcode: number): void {
  browsing.ether.foreignPorts.add(PORT);
  browsing.ether.rcodesOf.set(PORT, (own) => (own === Rcode.NOTAUTH ? rcode : own));
}

test.each(FAILURES)(
  'DISC-02: when the resolver %s the servers of the zone are found, beginning with SOA',
  async (_, prepare, told) => {
    browsing = new Browsing(OFFICE);
    browsing.ether.resolver.secureAddress = ADDRESS;
    prepare();
    await browsing.watch('office.test');

    expect(ports()).toEqual([PORT, 853]);
    expect(asked()[0]).toBe('SOA _services._dns-sd._udp.office.test.');
    expect(browsing.domain()).toMatchObject({ state: 'live', services: 1, server: 'push.office.test:853' });
    const evidence = browsing.workspace.snapshot().tables.ladders[0]!.steps.flatMap((step) => step.evidence);
    const ofResolver = evidence.filter(({ query }) => query === `Another server, dns.isp.test:${PORT}`);
    expect(ofResolver.map(({ answer }) => answer)).toEqual([expect.stringMatching(told)]);
  },
);

test('where neither the resolver nor the zone can be had, the ladder ends at the zone', async () => {
  browsing = new Browsing(OFFICE);
  browsing.ether.resolver.secureAddress = ADDRESS;
  browsing.ether.deadPorts.add(PORT);
  for (const name of ['_services._dns-sd._udp', '_dns-sd._udp', '_udp'])
    browsing.ether.silentNames.add(`${name}.office.test.`);
  browsing.ether.silentNames.add('office.test.');
  await browsing.watch('office.test');

  const { steps } = browsing.workspace.snapshot().tables.ladders[0]!;
  expect(steps.map(({ verdict }) => verdict)).toEqual(['failed', ...Array<string>(9).fill('not-tried')]);
});

test('a name that the resolver cannot follow is followed at the server of its zone, beside all others', async () => {
  browsing = new Browsing(OFFICE, SHOP);
  browsing.ether.resolver.secureAddress = ADDRESS;
  await browsing.watch('office.test');
  decline(Rcode.SERVFAIL);
  browsing.change('add', '_ipp._tcp PTR Laser._ipp._tcp.shop.test.');
  await browsing.ether.pass(1_000);

  expect(ports()).toEqual([PORT, 8853]);
  expect(browsing.domain()).toMatchObject({ state: 'live', server: `dns.isp.test:${PORT}` });
  expect(browsing.services.map(({ host }) => host)).toEqual(['laser.office.test', 'laser.shop.test']);
});

test('what another zone below has is followed there, although a resolver that came later would push it', async () => {
  const attic = OFFICE.replaceAll('office.test', 'attic.office.test').replace('853 push', '8855 push');
  browsing = new Browsing(OFFICE, attic);
  await browsing.watch('office.test');
  browsing.ether.resolver.secureAddress = ADDRESS;
  await browsing.watch('attic.office.test');
  browsing.change('add', '_ipp._tcp PTR Laser._ipp._tcp.attic.office.test.');
  await browsing.ether.pass(1_000);

  expect(ports()).toEqual([853, PORT, 8855]);
  expect(browsing.services.map(({ domain, host }) => `${domain}: ${host}`)).toEqual([
    'office.test: laser.office.test',
    'attic.office.test: laser.attic.office.test',
    'office.test: laser.attic.office.test',
  ]);
});

test('a resolver that does no DSO is left alone for an hour, and then asked again', async () => {
  browsing = new Browsing(OFFICE);
  browsing.ether.resolver.secureAddress = ADDRESS;
  browsing.ether.rcodesOf.set(PORT, () => Rcode.NOTIMP);
  await browsing.watch('office.test');
  browsing.ether.rcodesOf.clear();
  await browsing.ether.pass(60_000);
  browsing.ether.link.cut();
  await browsing.ether.flow();
  await browsing.ether.pass(0);
  expect(ports()).toEqual([PORT, 853, 853]);

  await browsing.ether.pass(3_600_000);
  browsing.ether.link.cut();
  await browsing.ether.flow();
  await browsing.ether.pass(0);
  expect(ports()).toEqual([PORT, 853, 853, PORT]);
  expect(browsing.domain()).toMatchObject({ state: 'live', server: `dns.isp.test:${PORT}` });
});

test('when the session with the resolver is lost and it is gone, the zone’s own server takes over and no row is lost', async () => {
  browsing = new Browsing(OFFICE, SHOP);
  browsing.ether.resolver.secureAddress = ADDRESS;
  browsing.change('add', '_ipp._tcp PTR Laser._ipp._tcp.shop.test.');
  await browsing.watch('office.test');
  await browsing.ether.pass(60_000);
  const drops: string[] = [];
  browsing.workspace.onUpdate(({ tables }) => drops.push(...(tables.services?.drop ?? [])));
  browsing.ether.deadPorts.add(PORT);
  browsing.ether.link.cut();
  await browsing.ether.flow();
  await browsing.ether.pass(30_000);

  expect(browsing.domain()).toMatchObject({ state: 'live', server: 'push.office.test:853' });
  expect(browsing.services.map(({ host }) => host)).toEqual(['laser.office.test', 'laser.shop.test']);
  expect(drops).toEqual([]);
});

test('a change of the network leaves a session with the resolver that answers the probe', async () => {
  browsing = new Browsing(OFFICE);
  browsing.ether.resolver.secureAddress = ADDRESS;
  await browsing.watch('office.test');
  browsing.workspace.suspect();
  await browsing.ether.pass(10_000);
  expect(ports()).toEqual([PORT]);
  expect(browsing.domain()).toMatchObject({ state: 'live' });
});
