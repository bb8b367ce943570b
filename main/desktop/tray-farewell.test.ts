import { expect, test, vi } from 'vitest';
import type { Settings, SettingsPart } from '../storage/settings.ts';
import { DEFAULT_SETTINGS } from '../storage/settings.ts';
import type { NoticeText } from './notices.ts';
import { sayFarewell } from './tray-farewell.ts';

function fixture(notificationProblem: string | null, part: SettingsPart = {}) {
  const settings = {
    value: { ...DEFAULT_SETTINGS, ...part } as Settings,
    save: (changed: SettingsPart) => {
      settings.value = { ...settings.value, ...changed };
      return Promise.resolve();
    },
  };
  const notified: NoticeText[] = [];
  const message = vi.fn((_text: NoticeText) => Promise.resolve());
  const parts = {
    settings,
    notifier: { show: (text: NoticeText) => void notified.push(text) },
    notificationProblem: () => notificationProblem,
    message,
    show: vi.fn(),
  };
  return { message, notified, parts };
}

test('where there are notifications the first farewell is one, and there is no second', async () => {
  const { message, notified, parts } = fixture(null);
  await sayFarewell(parts);
  await sayFarewell(parts);
  expect(notified).toEqual([
    {
      title: 'Herald stays in the tray',
      body: 'Nothing is watched until you open it again. A click on its icon opens the window, and Quit in the icon’s menu ends it.',
    },
  ]);
  expect(message).not.toHaveBeenCalled();
});

test('where there are none the window waits until somebody has taken note, once', async () => {
  const { message, notified, parts } = fixture('None.');
  let taken: () => void = () => undefined;
  message.mockReturnValueOnce(new Promise((resolve) => (taken = resolve)));
  let isGone = false;
  const said = sayFarewell(parts).then(() => (isGone = true));
  await Promise.resolve();
  expect(isGone).toBe(false);
  taken();
  await said;
  await sayFarewell(parts);
  expect(message).toHaveBeenCalledOnce();
  expect(notified).toEqual([]);
});

test('a message that cannot be shown keeps no window open', async () => {
  const { message, parts } = fixture('None.');
  message.mockRejectedValueOnce(new Error('the window is gone'));
  await expect(sayFarewell(parts)).resolves.toBeUndefined();
});

const FAVOURITE = { kind: 'domain', domain: 'office.test' } as const;

test.each<readonly [string, SettingsPart, string]>([
  ['wants no pause', { pauseOnHide: false }, 'It goes on watching.'],
  ['keeps favourites', { keepFavourites: true, favourites: [FAVOURITE] }, 'Only your favourites are watched'],
  ['would keep favourites, but has none', { keepFavourites: true }, 'Nothing is watched'],
])('what is said is true for whoever %s', async (_who, part, said) => {
  const { notified, parts } = fixture(null, part);
  await sayFarewell(parts);
  expect(notified[0]!.body).toContain(said);
});
