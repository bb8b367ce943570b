import { afterEach, expect, test } from 'vitest';
import type { DomainTrust } from '../net/domain-trust.ts';
import { Browsing, OFFICE } from './testing/browsing.ts';

/** Another zone on the same push server. */
const LAB = `
$ORIGIN lab.test.
$TTL 120
@ SOA ns.office.test. hostmaster 1 300 60 86400 10
@ NS ns.office.test.
_dns-push-tls._tcp SRV 0 0 853 push.office.test.
_services._dns-sd._udp PTR _http._tcp
`;

let browsing: Browsing;

afterEach(async () => {
  expect(await browsing.end(), 'timers left behind').toBe(0);
});

/** Watches both zones, each trusted in its own way. */
async function watchBoth(office: DomainTrust, lab: DomainTrust): Promise<void> {
  browsing = new Browsing(OFFICE, LAB);
  for (const [domain, trust] of [
    ['office.test', office],
    ['lab.test', lab],
  ] as const) {
    browsing.workspace.watch({ domain, trust: () => ({ ok: true, trust }) });
  }
  await browsing.ether.flow();
}

const sessionIds = () => browsing.workspace.snapshot().tables.sessions.map(({ id }) => id);

test('EST-07: two zones on one server share a session where it has to show the same to both, each with its own names', async () => {
  await watchBoth({ caPem: 'A' }, { caPem: 'A' });

  expect(browsing.ether.links).toHaveLength(1);
  expect(browsing.domain('office.test')).toMatchObject({ state: 'live', trust: { level: 'chosen' } });
  expect(browsing.domain('lab.test')).toMatchObject({ state: 'live', trust: { level: 'chosen' } });
});

test.each<readonly [string, DomainTrust]>([
  ['other authorities', { caPem: 'B' }],
  ['a pin', { caPem: 'A', pins: ['x'] }],
  ['an identity of our own', { caPem: 'A', client: { kind: 'pem', certificate: 'c', key: 'k' } }],
])(
  'EST-07: a zone for which the server is trusted by %s has a session of its own, and a row',
  async (_, lab) => {
    await watchBoth({ caPem: 'A' }, lab);

    expect(browsing.ether.links).toHaveLength(2);
    expect(sessionIds()).toEqual(['push.office.test:853', 'push.office.test:853 (2)']);
    browsing.workspace.execute({ kind: 'remove-domain', id: 'office.test' });
    await browsing.ether.flow();
    expect(sessionIds()).toEqual(['push.office.test:853 (2)']);
  },
);

test('SEC-10: who joins a session is as strict about it as on one of its own; the others are not touched', async () => {
  await watchBoth({}, { isStrict: true });

  expect(browsing.ether.links).toHaveLength(1);
  expect(browsing.domain('office.test')).toMatchObject({ state: 'live', trust: { level: 'domain' } });
  expect(browsing.domain('lab.test')).toMatchObject({
    state: 'failed',
    step: 'identity',
    trust: null,
    reason: expect.stringContaining('by the strict setting of this domain'),
  });
});

test('a domain is no longer believed to be safe once its session is lost, and again when the next one stands', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  expect(browsing.domain()?.trust?.level).toBe('domain');
  browsing.ether.link.cut();
  await browsing.ether.flow();
  expect(browsing.domain()?.trust).toBeNull();

  await browsing.ether.pass(60_000);
  expect(browsing.domain()?.trust?.level).toBe('domain');
});

test('what a server showed stays to be looked at, until the domain is watched no more', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  browsing.ether.link.cut();
  await browsing.ether.flow();
  const certificates = () => browsing.workspace.snapshot().tables.certificates;
  expect(certificates()).toMatchObject([
    { id: 'office.test', server: 'push.office.test:853', isBelieved: true },
  ]);

  browsing.workspace.execute({ kind: 'remove-domain', id: 'office.test' });
  expect(certificates()).toEqual([]);
});
