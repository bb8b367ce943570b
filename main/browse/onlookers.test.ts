import { afterEach, expect, test } from 'vitest';
import type { ServiceRow } from '../contract/api.ts';
import type { View } from '../contract/view.ts';
import { Browsing } from './testing/browsing.ts';
import { printers, rowId, rowIds } from './testing/many-printers.ts';
import { FakeServiceMemory } from './testing/service-memory.ts';

/** Subscriptions of a service that is looked at, and those that list all there are. */
const [OF_ONE, OF_LISTS] = [4, 2];
const COUNT = 500;

let browsing: Browsing;
let told: string[];
const see = (view: Partial<View>, window = 1): void =>
  browsing.workspace.look(window, { rows: [], details: null, needed: [], ...view });
const row = (at: number): ServiceRow => browsing.services.find(({ id }) => id === rowId(at))!;
const subscriptions = (): number =>
  browsing.ether.links.findLast(({ isOver }) => !isOver)!.session.subscriptionCount;
/** How many subscriptions of services there should be. */
const ofServices = (count: number): number => OF_LISTS + count * OF_ONE;

async function watched(zone: string, serviceMemory = new FakeServiceMemory()): Promise<void> {
  told = [];
  browsing = new Browsing(zone, {
    keepsMemory: true,
    followsViews: true,
    serviceMemory,
    told: (news) => {
      for (const { event, row: one, changed } of news) told.push([event, one.instance, ...changed].join(' '));
    },
  });
  await browsing.watch('office.test');
  await browsing.ether.elapse(5_000);
}

afterEach(async () => {
  expect(await browsing.end(), 'timers left behind').toBe(0);
});

test('LIFE-03: of 500 services that are listed, those on the screen are subscribed to, wherever it is scrolled to', async () => {
  await watched(printers(COUNT));
  expect(browsing.services).toHaveLength(COUNT);
  expect(subscriptions()).toBe(OF_LISTS);

  see({ rows: rowIds(0, 30) });
  await browsing.ether.elapse(1_000);
  expect(subscriptions()).toBe(ofServices(30));
  expect(row(7)).toMatchObject({ host: 'h7.office.test', addresses: ['192.0.2.7'], details: 'watched' });
  expect(row(100)).toMatchObject({ host: null, txt: null, details: 'unasked', standing: 'live' });

  see({ rows: rowIds(200, 30) });
  await browsing.ether.elapse(1_000);
  expect(subscriptions()).toBe(ofServices(60));
  await browsing.ether.elapse(4_000);
  expect(subscriptions()).toBe(ofServices(30));
  expect(row(207)).toMatchObject({ host: 'h207.office.test', details: 'watched' });
});

test('LIFE-03: what a filter needs is subscribed to within the budget, with what is watched', async () => {
  await watched(printers(COUNT));
  browsing.workspace.showFavourites([
    { kind: 'domain', id: 'office.test' },
    { ...row(499), kind: 'service', lastSeenMs: null },
  ]);
  await browsing.ether.elapse(1_000);
  expect(subscriptions()).toBe(ofServices(1));
  see({ rows: rowIds(0, 30), needed: rowIds(0, COUNT) });
  await browsing.ether.elapse(1_000);
  expect(subscriptions()).toBe(ofServices(256));
  expect(row(499).details).toBe('watched');
  see({ rows: rowIds(0, 30) });
  await browsing.ether.elapse(6_000);
  expect(subscriptions()).toBe(ofServices(31));
});

test('LIFE-03: in the background only what is watched stays subscribed to, and everything is back when somebody looks', async () => {
  await watched(printers(40));
  see({ rows: rowIds(0, 30) });
  browsing.workspace.showFavourites([{ ...row(35), kind: 'service', lastSeenMs: null }]);
  await browsing.ether.elapse(1_000);
  browsing.workspace.narrow('Nobody looks.');
  await browsing.ether.elapse(1_000);
  expect(subscriptions()).toBe(ofServices(1));
  browsing.workspace.resume();
  await browsing.ether.elapse(1_000);
  expect(subscriptions()).toBe(ofServices(31));
});

test('LIFE-01: a view that is closed is unsubscribed from within 5 s, and the session goes on', async () => {
  await watched(printers(40));
  see({ rows: rowIds(0, 30), details: rowId(3) });
  await browsing.ether.elapse(1_000);
  browsing.workspace.look(1, null);
  await browsing.ether.elapse(5_000);
  expect(subscriptions()).toBe(OF_LISTS);
  expect(browsing.ether.links).toHaveLength(1);
});

test('LIFE-03: however fast somebody scrolls through 500 services, subscriptions change four times a second at most', async () => {
  await watched(printers(COUNT));
  const counts = new Set<number>();
  let changes = 0;
  let before = subscriptions();
  for (let at = 0; at < 100; at += 1) {
    see({ rows: rowIds(4 * at, 30) });
    await browsing.ether.elapse(10);
    changes += Number(subscriptions() !== before);
    before = subscriptions();
    counts.add(before);
  }
  expect(changes).toBeLessThanOrEqual(5);
  expect(Math.max(...counts)).toBeLessThanOrEqual(ofServices(256));
});

test('what nobody looks at any longer says what was last known of it, as such, however long ago its records expired', async () => {
  await watched(printers(40));
  see({ rows: [rowId(7)] });
  await browsing.ether.elapse(1_000);
  const seen = row(7);
  see({});
  await browsing.ether.elapse(600_000);
  expect(row(7)).toEqual({ ...seen, details: 'remembered' });
  expect(browsing.domain()).toMatchObject({ unconfirmed: 0 });
  expect(told).toEqual([]);
});

test('what is looked at again is as last known until it is confirmed, and says nothing less in between', async () => {
  await watched(printers(40));
  see({ rows: [rowId(7)] });
  await browsing.ether.elapse(1_000);
  const seen = row(7);
  see({});
  await browsing.ether.elapse(600_000);
  const shown: ServiceRow[] = [];
  browsing.workspace.onUpdate(({ tables }) => shown.push(...(tables.services?.put ?? [])));
  see({ rows: [rowId(7)] });
  await browsing.ether.elapse(1_000);
  expect(row(7)).toEqual(seen);
  expect(shown.map((one) => ({ ...one, details: 'watched' }))).toEqual(shown.map(() => seen));
  expect(told).toEqual([]);
});

test.each([10_000, 600_000])(
  'what changed while nobody looked, %d ms after, is there when somebody does, and is no news',
  async (goneMs) => {
    await watched(printers(40));
    see({ rows: [rowId(7)] });
    await browsing.ether.elapse(1_000);
    const { changedMs } = row(7);
    see({});
    await browsing.ether.elapse(goneMs);
    browsing.change('remove', 'P7._ipp._tcp SRV 0 0 631 h7\nP7._ipp._tcp TXT "note=Room 7"');
    browsing.change('add', 'P7._ipp._tcp SRV 0 0 6310 h8');
    await browsing.ether.elapse(1_000);
    expect(row(7)).toMatchObject({ port: 631, details: 'remembered' });

    see({ rows: [rowId(7)] });
    await browsing.ether.elapse(100);
    expect(row(7)).toMatchObject({ txt: [['note', 'Room 7']], details: 'remembered' });
    expect([row(7).host, row(7).addresses]).toEqual(
      row(7).port === 6310 ? ['h8.office.test', ['192.0.2.8']] : ['h7.office.test', ['192.0.2.7']],
    );
    await browsing.ether.elapse(5_000);
    expect(row(7)).toMatchObject({ port: 6310, txt: null, details: 'watched', changedMs });
    expect(told).toEqual([]);
  },
);

test('a change of what is looked at is news, and what appears and leaves is, whether anybody looks or not', async () => {
  await watched(printers(40));
  see({ rows: [rowId(7)] });
  await browsing.ether.elapse(5_000);
  browsing.change('remove', 'P7._ipp._tcp TXT "note=Room 7"\n_ipp._tcp PTR P9._ipp._tcp');
  browsing.change('add', 'P7._ipp._tcp TXT "note=Hall"\n_ipp._tcp PTR New._ipp._tcp');
  await browsing.ether.elapse(2_000);
  expect(told.toSorted()).toEqual(['appeared New', 'changed P7 TXT note', 'left P9']);
});

test('what somebody looks at and nobody tells of is lacking when it has settled, and no sooner', async () => {
  await watched(printers(4));
  browsing.change('remove', 'P1._ipp._tcp SRV 0 0 631 h1\nP1._ipp._tcp TXT "note=Room 1"');
  see({ rows: [rowId(1)] });
  await browsing.ether.elapse(1_000);
  expect(row(1)).toMatchObject({ host: null, details: 'unasked' });
  await browsing.ether.elapse(2_000);
  expect(row(1)).toMatchObject({ host: null, details: 'watched' });
});

test('a pause puts everything in doubt and takes nothing from anything; the next session is asked for what is looked at then', async () => {
  await watched(printers(40));
  see({ rows: rowIds(0, 2) });
  await browsing.ether.elapse(1_000);
  see({ rows: rowIds(1, 2) });
  await browsing.ether.elapse(10_000);
  void browsing.workspace.pause('The window is hidden.');
  await browsing.ether.elapse(600_000);
  for (const at of [0, 1, 2])
    expect(row(at)).toMatchObject({ host: `h${at}.office.test`, standing: 'cached' });
  see({ rows: [rowId(2), rowId(30)] });
  browsing.workspace.resume();
  await browsing.ether.elapse(10_000);
  expect(subscriptions()).toBe(ofServices(2));
  expect([0, 1, 2, 30].map((at) => [row(at).host, row(at).standing, row(at).details])).toEqual([
    ['h0.office.test', 'live', 'remembered'],
    ['h1.office.test', 'live', 'remembered'],
    ['h2.office.test', 'live', 'watched'],
    ['h30.office.test', 'live', 'watched'],
  ]);
  expect(told).toEqual([]);
});

test('what was known in an earlier run stays known of what nobody looks at in this one', async () => {
  const memory = new FakeServiceMemory();
  await watched(printers(4), memory);
  see({ rows: rowIds(0, 2) });
  await browsing.ether.elapse(1_000);
  await browsing.end();

  await watched(printers(4), memory);
  see({ rows: [rowId(0)] });
  await browsing.ether.elapse(5_000);
  expect([0, 1, 2].map((at) => [row(at).host, row(at).standing, row(at).details])).toEqual([
    ['h0.office.test', 'live', 'watched'],
    ['h1.office.test', 'live', 'remembered'],
    [null, 'live', 'unasked'],
  ]);
  expect(told).toEqual([]);
});

test('a service that is checked the moment somebody looks at it is checked when its records have come, or known not to', async () => {
  await watched(printers(4));
  const checked = browsing.workspace.execute({ kind: 'verify-service', id: rowId(2) });
  await browsing.ether.elapse(500);
  see({ details: rowId(2) });
  await browsing.ether.elapse(1_000);
  expect(await checked).toMatchObject({ check: { verdict: 'reachable' } });
  expect(browsing.ether.tried).toEqual(['192.0.2.2 port 631']);

  const unknown = browsing.workspace.execute({ kind: 'verify-service', id: rowId(3) });
  await browsing.ether.elapse(3_000);
  expect(await unknown).toMatchObject({ check: { verdict: 'uncheckable' } });
});

test('what a window says that is no name, or of no domain, is passed over', async () => {
  await watched(printers(4));
  see({
    rows: ['office.test ..', 'office.test p1.', 'elsewhere.test p1._ipp._tcp.elsewhere.test', rowId(1)],
  });
  await browsing.ether.elapse(1_000);
  expect(subscriptions()).toBe(ofServices(1));
});

test('a domain that is watched anew is asked for what windows still look at', async () => {
  await watched(printers(4));
  see({ rows: rowIds(0, 2) });
  await browsing.ether.elapse(1_000);
  browsing.workspace.execute({ kind: 'remove-domain', id: 'office.test' });
  await browsing.watch('office.test');
  await browsing.ether.elapse(5_000);
  expect(row(1)).toMatchObject({ details: 'watched', host: 'h1.office.test' });
});
