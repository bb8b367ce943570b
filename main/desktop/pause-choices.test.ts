import { expect, test, vi } from 'vitest';
import type { Settings, SettingsPart } from '../storage/settings.ts';
import { DEFAULT_SETTINGS } from '../storage/settings.ts';
import { PAUSING_CHANNEL, PauseChoices } from './pause-choices.ts';
import type { Sent } from './trusted-sender.ts';

const SENT: Sent = { sender: { id: 1 }, senderFrame: null };
const CHOICE = {
  pauseOnHide: false,
  graceSeconds: 5,
  pauseOnIdle: true,
  idleMinutes: 3,
  keepFavourites: true,
  closeToTray: true,
};

function fixture(isTrusted = true) {
  const handlers = new Map<string, (sent: Sent, raw: unknown) => unknown>();
  const changed = vi.fn();
  const settings = {
    value: DEFAULT_SETTINGS as Settings,
    save: (part: SettingsPart) => {
      settings.value = { ...settings.value, ...part };
      return Promise.resolve();
    },
  };
  const choices = new PauseChoices({
    handlers: {
      handle: (channel, handler) => void handlers.set(channel, handler),
      removeHandler: (channel) => void handlers.delete(channel),
    },
    isTrusted: () => isTrusted,
    settings,
    trayProblem: () => Promise.resolve('No tray.'),
    blindSpot: null,
    changed,
  });
  const ask = (channel: string, raw?: unknown): unknown => handlers.get(channel)?.(SENT, raw);
  return { ask, changed, choices, handlers, settings };
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

test('the window that shows text from the network is told nothing and may change nothing', async () => {
  const { ask, settings } = fixture(false);
  expect(await ask(PAUSING_CHANNEL.get)).toBeNull();
  expect(await ask(PAUSING_CHANNEL.set, CHOICE)).toBeNull();
  expect(settings.value).toBe(DEFAULT_SETTINGS);
});

test('closing takes the handlers away', () => {
  const { choices, handlers } = fixture();
  choices.close();
  expect(handlers.size).toBe(0);
});
