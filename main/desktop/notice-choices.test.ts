import { expect, test } from 'vitest';
import type { Settings, SettingsPart } from '../storage/settings.ts';
import { DEFAULT_SETTINGS } from '../storage/settings.ts';
import { NOTICING_CHANNEL, NoticeChoices } from './notice-choices.ts';
import type { Sent } from './trusted-sender.ts';

const SENT: Sent = { sender: { id: 1 }, senderFrame: null };

function fixture(isTrusted = true) {
  const handlers = new Map<string, (sent: Sent, raw: unknown) => unknown>();
  const settings = {
    value: DEFAULT_SETTINGS as Settings,
    save: (part: SettingsPart) => {
      settings.value = { ...settings.value, ...part };
      return Promise.resolve();
    },
  };
  const choices = new NoticeChoices({
    handlers: {
      handle: (channel, handler) => void handlers.set(channel, handler),
      removeHandler: (channel) => void handlers.delete(channel),
    },
    isTrusted: () => isTrusted,
    settings,
    problem: () => 'None here.',
  });
  const ask = (channel: string, raw?: unknown): unknown => handlers.get(channel)?.(SENT, raw);
  return { ask, choices, handlers, settings };
}

test('notifications are off until the user wants them, and then at once and for good', async () => {
  const { ask, settings } = fixture();
  expect(ask(NOTICING_CHANNEL.get)).toEqual({ notifies: false, problem: 'None here.' });
  expect(await ask(NOTICING_CHANNEL.set, { notifies: true })).toEqual({
    notifies: true,
    problem: 'None here.',
  });
  expect(settings.value.notifies).toBe(true);
});

test('what is no choice changes nothing, nor does a page that is not the settings window', async () => {
  const { ask, settings } = fixture();
  await ask(NOTICING_CHANNEL.set, { notifies: 'yes' });
  expect(fixture(false).ask(NOTICING_CHANNEL.set, { notifies: true })).toBeNull();
  expect(settings.value.notifies).toBe(false);
});

test('nothing is answered once it is closed', () => {
  const { choices, handlers } = fixture();
  choices.close();
  expect(handlers.size).toBe(0);
});
