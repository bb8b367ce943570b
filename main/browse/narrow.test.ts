import { afterEach, expect, test } from 'vitest';
import type { FavouriteRow } from '../contract/favourite.ts';
import type { WorkspaceDependencies } from './workspace-dependencies.ts';
import { Browsing, OFFICE } from './testing/browsing.ts';
import { FakeServiceMemory } from './testing/service-memory.ts';

const ZONE = `${OFFICE}
_services._dns-sd._udp PTR _http._tcp
_ipp._tcp PTR Ink._ipp._tcp
Ink._ipp._tcp SRV 0 0 631 laser
Ink._ipp._tcp TXT "txtvers=1"
_http._tcp PTR Page._http._tcp
Page._http._tcp SRV 0 0 80 laser
Page._http._tcp TXT ""
`;
const LAB = OFFICE.replaceAll('office.test', 'lab.test').replace('SRV 0 0 853', 'SRV 0 0 8853');
const HIDDEN = 'The window is hidden.';
const LASER: FavouriteRow = {
  kind: 'service',
  id: 'office.test laser._ipp._tcp.office.test',
  domain: 'office.test',
  type: '_ipp._tcp',
  typeName: 'Printer (IPP)',
  category: 'printer',
  instance: 'Laser',
  lastSeenMs: null,
};
/** The list of types, the list of printers, SRV and TXT of one, and both kinds of address of its host. */
const OF_LASER = 6;

let browsing: Browsing;
let told: string[];

/** Both domains, settled; a printer is a favourite, and a window looks at everything. */
async function watching(others: Partial<WorkspaceDependencies> = {}): Promise<void> {
  told = [];
  browsing = new Browsing(ZONE, LAB, {
    keepsMemory: true,
    followsViews: true,
    told: (news) => {
      for (const { event, row, sinceMs } of news)
        told.push(`${event} ${row.instance}${sinceMs === null ? '' : ' meanwhile'}`);
    },
    ...others,
  });
  const { workspace } = browsing;
  workspace.showFavourites([LASER]);
  await browsing.watch('office.test');
  await browsing.watch('lab.test');
  const rows = browsing.services.map(({ id }) => id);
  workspace.look(1, { rows, details: null, needed: [] });
  await settle();
  expect(browsing.services.map(({ standing, details }) => `${standing} ${details}`)).toEqual(
    Array(4).fill('live watched'),
  );
}

/** Lets a domain settle, and all be told that happens. */
async function settle(): Promise<void> {
  await browsing.ether.pass(300); // the pace of looks
  await browsing.ether.pass(5_000);
}

/** A favourite alone is followed, and everything that follows from that has happened. */
async function narrowed(): Promise<void> {
  browsing.workspace.narrow(HIDDEN);
  await settle();
}

const subscriptions = (): readonly number[] =>
  browsing.ether.links
    .filter(({ clientEnd, serverEnd }) => clientEnd === undefined && serverEnd === undefined)
    .map(({ session }) => session.subscriptionCount);
const instances = (): readonly string[] => browsing.services.map(({ instance }) => instance).toSorted();

afterEach(async () => {
  expect(await browsing.end(), 'timers left behind').toBe(0);
});

test('LIFE-01: of a favourite stay subscribed its records, the list it is on and that of types; a domain without any is paused', async () => {
  await watching();
  await narrowed();
  expect(subscriptions()).toEqual([OF_LASER]);
  expect(browsing.domain('lab.test')).toMatchObject({ state: 'paused', reason: HIDDEN });
  expect(instances()).toEqual(['Ink', 'Laser', 'Laser', 'Page']);
  expect(told).toEqual([]);
});

test('a favourite that leaves and comes back meanwhile is told of at once, and of others nothing is', async () => {
  await watching();
  await narrowed();
  browsing.change('remove', '_ipp._tcp PTR Laser._ipp._tcp');
  browsing.change('remove', '_http._tcp PTR Page._http._tcp');
  await browsing.ether.pass(2_000);
  browsing.change('add', '_ipp._tcp PTR Laser._ipp._tcp');
  await browsing.ether.pass(2_000);
  expect(told).toEqual(['left Laser', 'appeared Laser']);
  expect(browsing.workspace.snapshot().tables.digests).toEqual([]);
  expect(instances()).toContain('Page');
});

test('what is not followed stays as it was last shown, however long, and what has become of it is told afterwards, once', async () => {
  await watching();
  await narrowed();
  await browsing.ether.pass(10_000);
  browsing.change('add', '_http._tcp PTR News._http._tcp');
  browsing.change('remove', '_http._tcp PTR Page._http._tcp');
  browsing.change('remove', '_ipp._tcp PTR Laser._ipp._tcp');
  await browsing.ether.pass(3_600_000);
  expect(instances()).toEqual(['Ink', 'Laser', 'Page']);
  browsing.workspace.resume();
  await settle();
  expect(told).toEqual(['left Laser', 'appeared News meanwhile', 'left Page meanwhile']);
  expect(instances()).toEqual(['Ink', 'Laser', 'News']);
  expect(browsing.services.every(({ standing }) => standing === 'live')).toBe(true);
  browsing.change('remove', '_ipp._tcp PTR Ink._ipp._tcp');
  await browsing.ether.pass(10_000);
  expect(told.at(-1)).toBe('left Ink'); // before somebody's eyes
  const { digests } = browsing.workspace.snapshot().tables;
  const items = digests.flatMap(({ items: all }) => all.map(({ event, instance }) => `${event} ${instance}`));
  expect(items).toEqual(['appeared News', 'left Laser', 'left Page']);
});

test('a session that is lost meanwhile is renewed for favourites alone, and what it missed is told', async () => {
  await watching();
  await narrowed();
  browsing.ether.links[0]!.sendAway(20_000);
  await browsing.ether.pass(100);
  browsing.change('remove', '_ipp._tcp PTR Laser._ipp._tcp');
  browsing.change('remove', '_http._tcp PTR Page._http._tcp');
  await browsing.ether.pass(20_000);
  await settle();
  expect(told).toEqual(['left Laser meanwhile']);
  expect(instances()).toEqual(['Ink', 'Laser', 'Page']);
  expect(subscriptions()).toEqual([2]);
});

test('after a sleep favourites alone are connected for, and everything is when the window is back', async () => {
  await watching();
  void browsing.workspace.pause('The computer sleeps.');
  await browsing.ether.pass(60_000);
  await narrowed();
  expect(subscriptions()).toEqual([OF_LASER]);
  browsing.workspace.resume();
  await settle();
  expect(instances()).toEqual(['Ink', 'Laser', 'Laser', 'Page']);
  expect(browsing.services.every(({ standing }) => standing === 'live')).toBe(true);
  expect(told).toEqual([]);
});

test('LIFE-02: a pause that follows closes that too', async () => {
  await watching();
  await narrowed();
  void browsing.workspace.pause('The computer sleeps.');
  await browsing.ether.pass(60_000);
  expect(subscriptions()).toEqual([]);
  expect(browsing.domain()).toMatchObject({ state: 'paused', reason: 'The computer sleeps.' });
});

test('of a domain that is a favourite itself every list stays, and no details but those of favourites', async () => {
  await watching();
  browsing.workspace.showFavourites([
    LASER,
    { kind: 'domain', id: 'lab.test' },
    { kind: 'domain', id: 'office.test' },
  ]);
  await narrowed();
  expect(subscriptions()).toEqual([OF_LASER + 1, 2]);
  browsing.change('remove', '_http._tcp PTR Page._http._tcp');
  await browsing.ether.pass(2_000);
  expect(told).toEqual(['left Page']);
});

test('when there is another favourite it is followed as well, and what is none any longer no more', async () => {
  await watching();
  await narrowed();
  const page = {
    ...LASER,
    id: 'office.test page._http._tcp.office.test',
    type: '_http._tcp',
    instance: 'Page',
  };
  browsing.workspace.showFavourites([page]);
  await narrowed();
  browsing.change('remove', '_http._tcp PTR Page._http._tcp');
  browsing.change('remove', '_ipp._tcp PTR Ink._ipp._tcp');
  await browsing.ether.pass(2_000);
  expect(told).toEqual(['left Page']);
  expect(instances()).toEqual(['Ink', 'Laser', 'Laser']);
  browsing.workspace.showFavourites([]);
  await narrowed();
  expect(subscriptions()).toEqual([]);
});

test('what is kept of a domain for the next run is all of it', async () => {
  const serviceMemory = new FakeServiceMemory();
  await watching({ serviceMemory });
  await narrowed();
  const kept = serviceMemory.kept.get('office.test')?.services.map(({ instance }) => instance);
  expect(kept?.toSorted()).toEqual(['Ink', 'Laser', 'Page']);
});
