import { expect, test } from 'vitest';
import { NOTICING_CHANNEL, answerNoticeChoices } from './notice-choices.ts';
import { FakeSettings, FakeSettingsPage } from './testing/settings-page.ts';

function fixture() {
  const page = new FakeSettingsPage();
  const settings = new FakeSettings();
  answerNoticeChoices(page.desk, { settings, problem: () => 'None here.' });
  return { ask: page.ask.bind(page), settings };
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

test('what is no choice changes nothing', async () => {
  const { ask, settings } = fixture();
  await ask(NOTICING_CHANNEL.set, { notifies: 'yes' });
  expect(settings.value.notifies).toBe(false);
});
