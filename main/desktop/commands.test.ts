import { expect, test, vi } from 'vitest';
import type { Snapshot } from '../contract/api.ts';
import { NO_ROWS, domainRow } from '../contract/testing/rows.ts';
import type { Command } from '../contract/command.ts';
import type { PauseInput } from '../browse/pause-policy.ts';
import type { Settings, SettingsPart } from '../storage/settings.ts';
import { DEFAULT_SETTINGS } from '../storage/settings.ts';
import { VirtualClock } from '../net/virtual-clock.ts';
import { Commands } from './commands.ts';
import { FavouriteDesk } from './favourite-desk.ts';
import { FakeCore } from './testing/fake-core.ts';

const SNAPSHOT: Snapshot = {
  revision: 1,
  tables: { ...NO_ROWS, domains: ['office.test', 'demo.test'].map((name) => domainRow(name)) },
};

/** Commands on fakes; a save is done when the test says so. */
function fixture(windowId: number | null = 3) {
  const core = new FakeCore(SNAPSHOT);
  const told: PauseInput[] = [];
  const saved: SettingsPart[] = [];
  let written: () => void = () => undefined;
  const settings = {
    value: DEFAULT_SETTINGS as Settings,
    save: (part: SettingsPart) => {
      saved.push(part);
      return new Promise<void>((resolve) => (written = resolve));
    },
  };
  const openSettings = vi.fn();
  const copy = vi.fn(() => Promise.resolve());
  const favourites = new FavouriteDesk({
    clock: new VirtualClock(),
    settings: { ...settings, change: (part) => saved.push(part) },
    notifier: { show: () => undefined },
    show: () => undefined,
  });
  favourites.begin(core);
  const commands = new Commands({
    core,
    settings,
    demoDomains: ['demo.test'],
    favourites,
    newPlace: (name) =>
      name === 'office.test' ? {} : { place: { choice: 'default', isSuggested: true, networks: [] } },
    openSettings,
    copy,
    attention: (input) => told.push(input),
    windowId: () => windowId ?? undefined,
  });
  return { commands, core, told, saved, openSettings, copy, write: () => written() };
}

test.each<readonly [Command, SettingsPart]>([
  [
    { kind: 'add-domain', domain: 'office.test' },
    { domains: [{ name: 'office.test', resolver: null, caFile: null }] },
  ],
  [
    { kind: 'remove-domain', id: 'lab.test' },
    { domains: [{ name: 'office.test', resolver: null, caFile: null }] },
  ],
  [{ kind: 'pause' }, { isPaused: true }],
  [{ kind: 'resume' }, { isPaused: false }],
])('%o is answered when the settings hold it on the disk, and no sooner', async (command, part) => {
  const { commands, saved, write } = fixture();
  const answered = vi.fn();
  const asked = commands.execute(command).then(answered);
  await Promise.resolve();
  expect(saved).toEqual([part]);
  expect(answered).not.toHaveBeenCalled();
  write();
  await asked;
  expect(answered).toHaveBeenCalledExactlyOnceWith({ ok: true });
});

test('what changes no settings writes none', async () => {
  const { commands, core, saved } = fixture();
  const asked = [{ kind: 'retry-domain', id: 'office.test' }, { kind: 'suggest-domains' }] as const;
  for (const command of asked) expect(await commands.execute(command)).toEqual({ ok: true });
  expect(core.asked).toEqual(asked);
  expect(saved).toEqual([]);
});

test('what bears on whether anything is watched is told at once, under the window’s number', async () => {
  const { commands, told } = fixture();
  void commands.execute({ kind: 'pause' });
  void commands.execute({ kind: 'resume' });
  await commands.execute({ kind: 'visibility', visibility: 'hidden' });
  await commands.execute({ kind: 'person' });
  expect(told).toEqual([
    { kind: 'user', wish: 'pause' },
    { kind: 'user', wish: 'watch' },
    { kind: 'page', id: 3, visibility: 'hidden' },
    { kind: 'person' },
  ]);
});

test('what a page looks at is told to the core, under the window’s number', async () => {
  const { commands, core } = fixture();
  const view = { rows: ['office.test laser._ipp._tcp.office.test'], details: null, needed: [] };
  expect(await commands.execute({ kind: 'view', view })).toEqual({ ok: true });
  expect(core.views).toEqual([[3, view]]);
});

test('a page without a window any more has nothing to say', async () => {
  const { commands, core, told } = fixture(null);
  await commands.execute({ kind: 'view', view: { rows: [], details: null, needed: [] } });
  expect(core.views).toEqual([]);
  expect(await commands.execute({ kind: 'visibility', visibility: 'visible' })).toEqual({ ok: true });
  expect(told).toEqual([]);
});

test('the settings window and the clipboard are the shell’s', async () => {
  const { commands, openSettings, copy, core } = fixture();
  await commands.execute({ kind: 'open-settings' });
  await commands.execute({ kind: 'copy-text', text: 'a report' });
  expect(openSettings).toHaveBeenCalledOnce();
  expect(copy).toHaveBeenCalledExactlyOnceWith('a report');
  expect(core.asked).toEqual([]);
});
