import { expect, test } from 'vitest';
import type { Settings, SettingsPart } from '../storage/settings.ts';
import { DEFAULT_SETTINGS, MAX_NETWORKS, parseSettings } from '../storage/settings.ts';
import { SettingsPlaces } from './place-book.ts';

const HOME = { name: 'Home.arpa', resolver: null, caFile: null };
const NOTHING = { choice: 'default', isSuggested: false, networks: [] };

function fixture(part: SettingsPart = {}) {
  const settings = {
    value: { ...DEFAULT_SETTINGS, ...part } as Settings,
    save: (changed: SettingsPart) => {
      settings.value = { ...settings.value, ...changed };
      return Promise.resolve();
    },
  };
  return { places: new SettingsPlaces(settings), settings };
}

test('a network becomes one of a domain’s in the settings, once, with the salt that its mark was made with', () => {
  const { places, settings } = fixture({ domains: [HOME] });
  const mark = places.markOf(['home']);
  expect(settings.value.networkSalt).toBeNull();
  places.join('home.arpa', mark);
  places.join('home.arpa', places.markOf(['café']));
  places.join('home.arpa', mark);
  expect(places.placeOf('home.arpa').networks).toEqual([places.markOf(['café']), mark]);
  expect(fixture(settings.value).places.markOf(['home'])).toBe(mark);
  expect(parseSettings(JSON.stringify(settings.value))).toEqual(settings.value);
});

test('the eldest network is forgotten for one too many', () => {
  const { places } = fixture({ domains: [HOME] });
  const marks = Array.from({ length: MAX_NETWORKS + 1 }, (_, at) => places.markOf([at]));
  for (const mark of marks) places.join('home.arpa', mark);
  expect(places.placeOf('home.arpa').networks).toEqual(marks.slice(1));
});

test('where a new domain belongs is known before the settings have it', () => {
  const { places, settings } = fixture();
  places.begin('example.org', true);
  places.begin('example.net', false);
  places.join('example.org', 'mark');
  const place = { choice: 'default', isSuggested: true, networks: ['mark'] };
  expect(places.newPlace('Example.org')).toEqual({ place });
  expect(places.newPlace('example.net')).toEqual({});
  expect(places.placeOf('example.org')).toEqual(place);
  expect(settings.value.networkSalt).not.toBeNull();
});

test('a domain that is added again begins anew', () => {
  const { places } = fixture();
  places.begin('example.org', true);
  places.join('example.org', 'mark');
  places.begin('example.org', false);
  expect(places.placeOf('example.org')).toEqual(NOTHING);
});

test('a domain that the settings know is not begun again', () => {
  const place = { choice: 'default', isSuggested: false, networks: ['mark'] } as const;
  const { places } = fixture({ domains: [{ ...HOME, place }] });
  places.begin('home.arpa', true);
  expect(places.placeOf('home.arpa')).toEqual(place);
  expect(places.placeOf('example.org')).toEqual(NOTHING);
});
