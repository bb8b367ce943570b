import { afterEach, expect, test } from 'vitest';
import type { ServiceRow } from '../contract/api.ts';
import { Browsing, OFFICE } from './testing/browsing.ts';

const SHOP = OFFICE.replaceAll('office.test', 'shop.test').replace('SRV 0 0 853', 'SRV 0 0 8853');
const [PORT, GUEST_PORT] = [853, 8853];
const INK = '_ipp._tcp PTR Ink._ipp._tcp\nInk._ipp._tcp SRV 0 0 631 laser\nInk._ipp._tcp TXT "note=Hall"';
/** Records that nobody may keep beyond their subscription. */
const FLEETING = INK.replace('PTR', '0 PTR').replace('SRV', '0 SRV').replace('TXT', '0 TXT');

let browsing: Browsing;

afterEach(async () => {
  expect(await browsing.end(), 'timers left behind').toBe(0);
});

/** The services as `Laser live`, in order. */
function standings(): readonly string[] {
  return browsing.services.map(({ instance, standing }) => `${instance} ${standing}`).toSorted();
}

async function watched(...zones: readonly string[]): Promise<void> {
  browsing = new Browsing(...zones, { keepsMemory: true });
  await browsing.watch('office.test');
  await browsing.ether.pass(5_000);
}

/** The connection is lost, and nobody answers until `restore`. */
async function lose(): Promise<void> {
  browsing.ether.deadPorts.add(PORT);
  browsing.ether.links.findLast(({ target }) => target.port === PORT)?.cut();
  await browsing.ether.flow();
}

async function restore(): Promise<void> {
  browsing.ether.deadPorts.clear();
  browsing.workspace.execute({ kind: 'retry-domain', id: 'office.test' });
  await browsing.ether.flow();
}

test('CHG-22: a lost connection puts every service in doubt, whatever its TTL, and the next confirms each; meanwhile none goes, and none says less', async () => {
  await watched(OFFICE);
  browsing.change('add', FLEETING);
  await browsing.ether.pass(1_000);
  expect(standings()).toEqual(['Ink live', 'Laser live']);
  const before = browsing.services;
  const shown: ServiceRow[] = [];
  const dropped: string[] = [];
  browsing.workspace.onUpdate(({ tables }) => {
    shown.push(...(tables.services?.put ?? []));
    dropped.push(...(tables.services?.drop ?? []));
  });

  await lose();
  expect(standings()).toEqual(['Ink cached', 'Laser cached']); // the TTL is one of all PTR records here
  expect(browsing.domain()).toMatchObject({ services: 2, unconfirmed: 2, settledMs: null });
  await browsing.ether.pass(60_000);
  await restore();
  expect(standings()).toEqual(['Ink live', 'Laser live']);
  await browsing.ether.pass(5_000);

  expect(dropped).toEqual([]);
  expect(shown.filter(({ host, addresses, txt }) => !host || !addresses || !txt)).toEqual([]);
  expect(browsing.services).toEqual(before);
  expect(browsing.domain()).toMatchObject({ services: 2, unconfirmed: 0, asOfMs: null });
});

test('CHG-22: what left while nobody was told stays in doubt until the domain has settled, and then goes', async () => {
  await watched(OFFICE);
  browsing.change('add', INK);
  await browsing.ether.pass(1_000);
  await lose();
  browsing.change('remove', INK);
  await restore();
  await browsing.ether.pass(1_000);
  expect(standings()).toEqual(['Ink checking', 'Laser live']);

  await browsing.ether.pass(2_000);
  expect(standings()).toEqual(['Laser live']);
  expect(browsing.domain()?.settledMs).not.toBeNull();
});

test('a record that left takes along what it said when the domain has settled, and no sooner', async () => {
  await watched(OFFICE.replace('_tcp TXT', '_tcp 0 TXT'));
  await lose();
  browsing.change('remove', 'Laser._ipp._tcp TXT "txtvers=1" "ty=Acme Laser"');
  await restore();
  await browsing.ether.pass(1_000);
  expect(browsing.services).toMatchObject([{ standing: 'checking', txt: [['txtvers', '1'], {}] }]);

  await browsing.ether.pass(2_000);
  expect(browsing.services).toMatchObject([{ standing: 'live', txt: null }]);
});

test('CHG-21: what expires while nothing is followed is still remembered, as of when it was last known', async () => {
  await watched(OFFICE);
  const lostMs = browsing.ether.clock.wallMs();
  void browsing.workspace.pause('The window is hidden.');
  await browsing.ether.pass(600_000);
  expect(browsing.services).toMatchObject([
    { instance: 'Laser', standing: 'cached', host: 'laser.office.test', addresses: ['192.0.2.10'] },
  ]);
  expect(browsing.domain()).toMatchObject({ state: 'paused', services: 1, unconfirmed: 1, asOfMs: lostMs });

  browsing.workspace.resume();
  await browsing.ether.pass(5_000);
  expect(standings()).toEqual(['Laser live']);
});

test('what a live server takes back is gone at once, whether the domain has settled or not', async () => {
  await watched(OFFICE);
  browsing.change('add', INK);
  await lose();
  await restore();
  browsing.change('remove', INK);
  await browsing.ether.flow();
  expect(browsing.domain()?.settledMs).toBeNull();
  expect(standings()).toEqual(['Laser live']);
});

test('SD-09: where only the server of another zone is lost, only what lies in that zone is in doubt', async () => {
  await watched(OFFICE, SHOP);
  browsing.change('add', '_ipp._tcp PTR Laser._ipp._tcp.shop.test.');
  browsing.change('add', INK);
  await browsing.ether.pass(5_000);
  browsing.ether.deadPorts.add(GUEST_PORT);
  browsing.ether.links.findLast(({ target }) => target.port === GUEST_PORT)?.cut();
  await browsing.ether.flow();
  expect(standings()).toEqual(['Ink live', 'Laser checking', 'Laser live']);
  expect(browsing.domain()).toMatchObject({ state: 'live', services: 3, unconfirmed: 1 });
});

test('a domain that is watched for the first time is live as it comes, and settles when it has been quiet', async () => {
  browsing = new Browsing(OFFICE, { keepsMemory: true });
  await browsing.watch('office.test');
  expect(standings()).toEqual(['Laser live']);
  expect(browsing.domain()).toMatchObject({ unconfirmed: 0, asOfMs: null, settledMs: null });

  const beganMs = browsing.ether.clock.wallMs();
  await browsing.ether.pass(2_000);
  expect(browsing.domain()?.settledMs).toBe(beganMs + 2_000);
});

test('a domain that is never quiet settles after 10 s', async () => {
  browsing = new Browsing(OFFICE, { keepsMemory: true });
  await browsing.watch('office.test');
  const beganMs = browsing.ether.clock.wallMs();
  for (let at = 0; at < 12; at += 1) {
    await browsing.ether.pass(1_000);
    browsing.change('add', `laser AAAA 2001:db8::${at}`);
  }
  expect(browsing.domain()?.settledMs).toBe(beganMs + 10_000);
});
