import { expect, test } from 'vitest';
import type { Snapshot } from '../contract/api.ts';
import { NO_ROWS, domainRow, printerRow } from '../contract/testing/rows.ts';
import { VirtualClock } from '../net/virtual-clock.ts';
import type { Settings, SettingsPart } from '../storage/settings.ts';
import { DEFAULT_SETTINGS } from '../storage/settings.ts';
import { FavouriteDesk } from './favourite-desk.ts';
import { FakeCore } from './testing/fake-core.ts';

const LASER = printerRow();
const GONE = { ...printerRow({ id: 'office.test ink', instance: 'Ink' }), leftMs: 1, unwatchedSinceMs: null };
const SNAPSHOT: Snapshot = {
  revision: 1,
  tables: { ...NO_ROWS, domains: [domainRow('office.test')], services: [LASER], departed: [GONE] },
};

function fixture() {
  const core = new FakeCore(SNAPSHOT);
  const settings = {
    value: { ...DEFAULT_SETTINGS, notifies: true } as Settings,
    change: (part: SettingsPart) => void (settings.value = { ...settings.value, ...part }),
    save: (part: SettingsPart) => {
      settings.change(part);
      return Promise.resolve();
    },
  };
  const shown: string[] = [];
  const clicks: (() => void)[] = [];
  const clock = new VirtualClock();
  const notifier = {
    show: ({ title }: { readonly title: string }, click: () => void) => {
      shown.push(title);
      clicks.push(click);
    },
  };
  let opened = 0;
  const desk = new FavouriteDesk({ clock, settings, notifier, show: () => void (opened += 1) });
  desk.begin(core);
  const ids = () => core.favourites.map(({ id }) => id);
  return { clicks, clock, core, desk, ids, opened: () => opened, settings, shown };
}

test('what a person begins to watch is in the settings before the answer, and in the window', async () => {
  const { desk, ids, settings } = fixture();
  expect(await desk.watchService(LASER.id)).toEqual({ ok: true });
  expect(await desk.watchService(GONE.id)).toEqual({ ok: true });
  expect(await desk.watchDomain('office.test')).toEqual({ ok: true });
  expect(ids()).toEqual([LASER.id, GONE.id, 'office.test']);
  expect(settings.value.favourites).toHaveLength(3);

  await desk.unwatch(GONE.id);
  expect(settings.value.favourites).toHaveLength(2);
  await desk.forget('office.test');
  expect([settings.value.favourites, ids()]).toEqual([[], []]);
});

test('what is not in the list cannot be watched', async () => {
  const { desk } = fixture();
  expect(await desk.watchService('office.test nobody')).toMatchObject({ ok: false, code: 'unknown-service' });
  expect(await desk.watchDomain('lab.test')).toMatchObject({ ok: false, code: 'unknown-domain' });
});

test('a favourite that leaves is notified of, and last seen then; a click shows it in the window', async () => {
  const { clicks, clock, core, desk, opened, settings, shown } = fixture();
  await desk.watchService(LASER.id);
  desk.told([{ event: 'left', row: LASER, changed: [], atMs: 77, sinceMs: null }], 'office.test');
  expect(settings.value.favourites).toMatchObject([{ instance: 'Laser', lastSeenMs: 77 }]);
  clock.advance(3_000);
  expect(shown).toEqual(['Laser left']);
  clicks[0]!();
  expect(opened()).toBe(1);
  expect(core.callouts).toEqual([{ service: LASER.id, domain: 'office.test' }]);
});

test('what is there when Herald ends was last seen then', async () => {
  const { clock, desk, settings } = fixture();
  await desk.watchService(LASER.id);
  await desk.watchService(GONE.id);
  desk.close();
  expect(settings.value.favourites).toMatchObject([{ lastSeenMs: clock.wallMs() }, { lastSeenMs: null }]);
  expect(clock.waiting).toBe(0);
});
