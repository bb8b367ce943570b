import { expect, test } from 'vitest';
import type { AnchorFile } from '../net/anchor-files.ts';
import { ANCHORS_CHANNEL, answerAnchorChoice } from './anchor-choice.ts';
import { FakeSettings, FakeSettingsPage } from './testing/settings-page.ts';

function fixture(read: AnchorFile = { ok: true, anchors: [] }) {
  const page = new FakeSettingsPage();
  const settings = new FakeSettings();
  answerAnchorChoice(page.desk, { settings, read: () => Promise.resolve(read) });
  return { ask: page.ask.bind(page), settings };
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
