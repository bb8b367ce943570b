import { afterEach, expect, test } from 'vitest';
import { ReconfirmPolicy } from '../../protocol/push/reconfirm.ts';
import { RefusalMemory } from '../../protocol/push/refusal-memory.ts';
import { Name } from '../../protocol/wire/name.ts';
import { shownPeer } from '../net/testing/shown-peer.ts';
import type { TransportEvents } from '../net/tls-transport.ts';
import { Feed } from './feed.ts';
import type { FeedUser } from './feed-user.ts';
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

test('who leaves at what the server showed hears no more, and with the last user nothing is sent', () => {
  browsing = new Browsing();
  const heard: string[] = [];
  const told: string[] = [];
  let events: TransportEvents | undefined;
  const policy = { names: ['push.office.test'] };
  const feed = new Feed(
    {
      host: Name.of('push.office.test'),
      port: 853,
      addresses: ['192.0.2.2'],
      serverName: 'push.office.test',
      policy,
    },
    {
      clock: browsing.ether.clock,
      refusals: new RefusalMemory(),
      reconfirms: new ReconfirmPolicy(),
      connect: (_, given) => {
        events = given;
        return {
          send: () => void told.push('send'),
          close: () => void told.push('close'),
          abort: () => void told.push('abort'),
          bufferedBytes: 0,
        };
      },
      batchDone: () => undefined,
      phaseChanged: () => undefined,
      ended: () => undefined,
    },
  );
  const user: FeedUser = {
    zone: Name.of('lab.test'),
    accepted: () => undefined,
    refused: () => undefined,
    changed: () => undefined,
    known: () => [],
    ended: () => undefined,
    progressed: (news) => {
      heard.push(news.kind === 'secured' ? 'secured' : `${news.kind} ${news.step}`);
      if (news.kind === 'secured') feed.leave(user);
    },
  };
  feed.ask(user, [{ name: Name.of('lab.test'), type: 12, class: 1 }]);
  events?.onPhase('connecting');
  events?.onPhase('securing', '192.0.2.2');
  events?.onSecure(shownPeer('push.office.test'));

  expect(heard).toEqual(['started tcp', 'passed tcp', 'started tls', 'passed tls', 'secured']);
  expect(told).toEqual(['close']);
});

test('where a domain leads to another zone, its authorities hold there too; its pins and our identity are its own', async () => {
  const SHOP = OFFICE.replaceAll('office.test', 'shop.test').replace('SRV 0 0 853', 'SRV 0 0 8853');
  browsing = new Browsing(OFFICE, SHOP);
  browsing.change('add', '_ipp._tcp PTR Laser._ipp._tcp.shop.test.');
  const client = { kind: 'pem', certificate: 'c', key: 'k' } as const;
  const trust = { caPem: 'A', pins: ['x'], client };
  browsing.workspace.watch({ domain: 'office.test', trust: () => ({ ok: true, trust }) });
  await browsing.ether.flow();

  const [home, guest] = browsing.ether.links.map(({ target }) => target);
  expect(home).toMatchObject({ port: 853, ca: 'A', pins: ['x'], client });
  expect(guest).toMatchObject({ port: 8853, ca: 'A' });
  expect(guest).not.toHaveProperty('pins');
  expect(guest).not.toHaveProperty('client');
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
