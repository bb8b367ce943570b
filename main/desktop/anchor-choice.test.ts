import { expect, test } from 'vitest';
import type { AnchorFile } from '../net/anchor-files.ts';
import type { Settings, SettingsPart } from '../storage/settings.ts';
import { DEFAULT_SETTINGS } from '../storage/settings.ts';
import { ANCHORS_CHANNEL, AnchorChoices } from './anchor-choice.ts';
import type { Sent } from './trusted-sender.ts';

const SENT: Sent = { sender: { id: 1 }, senderFrame: null };

function fixture(read: AnchorFile = { ok: true, anchors: [] }, isTrusted = true) {
  const handlers = new Map<string, (sent: Sent, raw: unknown) => unknown>();
  const settings = {
    value: DEFAULT_SETTINGS as Settings,
    save: (part: SettingsPart) => {
      settings.value = { ...settings.value, ...part };
      return Promise.resolve();
    },
  };
  const choices = new AnchorChoices({
    handlers: {
      handle: (channel, handler) => void handlers.set(channel, handler),
      removeHandler: (channel) => void handlers.delete(channel),
    },
    isTrusted: () => isTrusted,
    settings,
    read: () => Promise.resolve(read),
  });
  const ask = (channel: string, raw?: unknown): unknown => handlers.get(channel)?.(SENT, raw);
  return { ask, choices, handlers, settings };
}

test('a file of keys is kept for the next start, and the root’s keys come back when none is chosen', async () => {
  const { ask, settings } = fixture();
  expect(ask(ANCHORS_CHANNEL.get)).toEqual({ file: null });
  expect(await ask(ANCHORS_CHANNEL.set, '/keys/mine.ds')).toEqual({ ok: true });
  expect(ask(ANCHORS_CHANNEL.get)).toEqual({ file: '/keys/mine.ds' });
  expect(await ask(ANCHORS_CHANNEL.set, null)).toEqual({ ok: true });
  expect(settings.value.anchorFile).toBeNull();
});

test('a file that holds no keys is refused with what is wrong, and changes nothing', async () => {
  const message = 'mine.ds:1:1: "hello" is no record. Correct it, or give another file.';
  const { ask, settings } = fixture({ ok: false, message });
  expect(await ask(ANCHORS_CHANNEL.set, 'mine.ds')).toEqual({ ok: false, message });
  expect(settings.value.anchorFile).toBeNull();
});

test.each([[''], [7], [undefined], [{ file: 'x' }]])('%j is no file', async (raw) => {
  const { ask, settings } = fixture();
  expect(await ask(ANCHORS_CHANNEL.set, raw)).toMatchObject({ ok: false });
  expect(settings.value.anchorFile).toBeNull();
});

test('nobody but the settings window is told or heard, and nobody after the end', async () => {
  const stranger = fixture({ ok: true, anchors: [] }, false);
  expect(stranger.ask(ANCHORS_CHANNEL.get)).toBeNull();
  expect(await stranger.ask(ANCHORS_CHANNEL.set, 'mine.ds')).toBeNull();
  expect(stranger.settings.value.anchorFile).toBeNull();
  const { choices, handlers } = fixture();
  choices.close();
  expect(handlers.size).toBe(0);
});
