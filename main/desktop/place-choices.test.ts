import { expect, test } from 'vitest';
import { PLACING_CHANNEL, answerPlaceChoices } from './place-choices.ts';
import { FakeSettings, FakeSettingsPage } from './testing/settings-page.ts';

function fixture() {
  const page = new FakeSettingsPage();
  const settings = new FakeSettings();
  const held: boolean[] = [];
  answerPlaceChoices(page.desk, { settings, changed: () => held.push(settings.value.keepsApart) });
  return { ask: page.ask.bind(page), held };
}

test('domains are kept apart until the user wants it otherwise, which is told when it holds', async () => {
  const { ask, held } = fixture();
  expect(ask(PLACING_CHANNEL.get)).toEqual({ keepsApart: true });
  expect(await ask(PLACING_CHANNEL.set, { keepsApart: false })).toEqual({ keepsApart: false });
  expect(held).toEqual([false]);
});

test('what is no choice changes nothing', async () => {
  const { ask, held } = fixture();
  expect(await ask(PLACING_CHANNEL.set, { keepsApart: 'no' })).toEqual({ keepsApart: true });
  expect(held).toEqual([]);
});
