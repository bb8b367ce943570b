import { expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../storage/settings.ts';
import { PAUSING_CHANNEL, answerPauseChoices } from './pause-choices.ts';
import { FakeSettings, FakeSettingsPage } from './testing/settings-page.ts';

const CHOICE = {
  pauseOnHide: false,
  graceSeconds: 5,
  pauseOnIdle: true,
  idleMinutes: 3,
  keepFavourites: true,
  closeToTray: true,
};

function fixture() {
  const page = new FakeSettingsPage();
  const settings = new FakeSettings();
  const changed = vi.fn();
  const trayProblem = (): Promise<string> => Promise.resolve('No tray.');
  answerPauseChoices(page.desk, { settings, trayProblem, blindSpot: null, changed });
  return { ask: page.ask.bind(page), changed, settings };
}

test('the window is told what holds, and what this system makes of it', async () => {
  expect(await fixture().ask(PAUSING_CHANNEL.get)).toEqual({
    pauseOnHide: true,
    graceSeconds: 30,
    pauseOnIdle: false,
    idleMinutes: 10,
    keepFavourites: false,
    closeToTray: false,
    trayProblem: 'No tray.',
    blindSpot: null,
  });
});

test('a choice is kept, in force, and answered with what holds then', async () => {
  const { ask, changed, settings } = fixture();
  expect(await ask(PAUSING_CHANNEL.set, CHOICE)).toMatchObject(CHOICE);
  expect(settings.value).toMatchObject(CHOICE);
  expect(changed).toHaveBeenCalledOnce();
});

test.each([
  ['no number', { ...CHOICE, graceSeconds: '5' }],
  ['a time without end', { ...CHOICE, graceSeconds: 3_601 }],
  ['a time before now', { ...CHOICE, graceSeconds: -1 }],
  ['no time at all', { ...CHOICE, idleMinutes: 0 }],
  ['a field too many', { ...CHOICE, theme: 'dark' }],
  ['nothing', undefined],
])('what is no choice changes nothing: %s', async (_what, raw) => {
  const { ask, changed, settings } = fixture();
  expect(await ask(PAUSING_CHANNEL.set, raw)).toMatchObject({ pauseOnHide: true, graceSeconds: 30 });
  expect(settings.value).toBe(DEFAULT_SETTINGS);
  expect(changed).not.toHaveBeenCalled();
});
