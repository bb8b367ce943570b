import { expect, test } from 'vitest';
import type { Settings, SettingsPart } from '../storage/settings.ts';
import { DEFAULT_SETTINGS } from '../storage/settings.ts';
import { PLACING_CHANNEL, PlaceChoices } from './place-choices.ts';
import type { Sent } from './trusted-sender.ts';

const SENT: Sent = { sender: { id: 1 }, senderFrame: null };

function fixture(isTrusted = true) {
  const handlers = new Map<string, (sent: Sent, raw: unknown) => unknown>();
  const held: boolean[] = [];
  const settings = {
    value: DEFAULT_SETTINGS as Settings,
    save: (part: SettingsPart) => {
      settings.value = { ...settings.value, ...part };
      return Promise.resolve();
    },
  };
  const choices = new PlaceChoices({
    handlers: {
      handle: (channel, handler) => void handlers.set(channel, handler),
      removeHandler: (channel) => void handlers.delete(channel),
    },
    isTrusted: () => isTrusted,
    settings,
    changed: () => held.push(settings.value.keepsApart),
  });
  const ask = (channel: string, raw?: unknown): unknown => handlers.get(channel)?.(SENT, raw);
  return { ask, choices, handlers, held, settings };
}

test('domains are kept apart until the user wants it otherwise, which is told when it holds', async () => {
  const { ask, held } = fixture();
  expect(ask(PLACING_CHANNEL.get)).toEqual({ keepsApart: true });
  expect(await ask(PLACING_CHANNEL.set, { keepsApart: false })).toEqual({ keepsApart: false });
  expect(held).toEqual([false]);
});

test('what is no choice changes nothing, nor does a page that is not the settings window', async () => {
  const { ask, held } = fixture();
  expect(await ask(PLACING_CHANNEL.set, { keepsApart: 'no' })).toEqual({ keepsApart: true });
  expect(fixture(false).ask(PLACING_CHANNEL.set, { keepsApart: false })).toBeNull();
  expect(held).toEqual([]);
});

test('nothing is answered once it is closed', () => {
  const { choices, handlers } = fixture();
  choices.close();
  expect(handlers.size).toBe(0);
});
