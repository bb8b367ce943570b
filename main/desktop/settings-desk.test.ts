import { expect, test } from 'vitest';
import { FakeSettingsPage } from './testing/settings-page.ts';

test('the settings window is answered by what it asks', () => {
  const page = new FakeSettingsPage();
  page.desk.answer('echo', (raw) => ['said', raw]);
  expect(page.ask('echo', 7)).toEqual(['said', 7]);
});

test('a page that is not the settings window is told nothing and may change nothing', () => {
  const page = new FakeSettingsPage(false);
  const heard: unknown[] = [];
  page.desk.answer('change', (raw) => heard.push(raw));
  expect(page.ask('change', 7)).toBeNull();
  expect(heard).toEqual([]);
});

test('closing takes every handler away', () => {
  const page = new FakeSettingsPage();
  for (const channel of ['one', 'other']) page.desk.answer(channel, () => 1);
  expect(page.channels).toEqual(['one', 'other']);
  page.desk.close();
  expect(page.channels).toEqual([]);
});
