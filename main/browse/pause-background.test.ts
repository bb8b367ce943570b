import { expect, test } from 'vitest';
import type { PauseInput } from './pause-policy.ts';
import { Pausing } from './testing/pausing.ts';

const SHOWN: PauseInput = { kind: 'window', id: 1, state: 'shown' };
const HIDDEN: PauseInput = { kind: 'window', id: 1, state: 'hidden' };
const SUSPEND: PauseInput = { kind: 'suspend' };
const RESUME: PauseInput = { kind: 'resume' };

test('LIFE-01: favourites stay watched out of sight, if that is wanted and there are any', () => {
  const pausing = new Pausing({ keepFavourites: true });
  pausing.take({ kind: 'favourites', count: 2 }, HIDDEN);
  pausing.pass(30_000);
  expect(pausing.activity).toMatchObject({ state: 'background', cause: 'hidden', favourites: 2 });
  expect(pausing.reason).toBe(
    'The window is hidden, so only your 2 favourites are watched. The rest goes on when you show the window.',
  );
  pausing.pass(3_600_000);
  pausing.take({ kind: 'favourites', count: 1 });
  expect(pausing.reason).toContain('only your favourite is watched');
  pausing.take(SHOWN);
  expect(pausing.log).toEqual(['30 narrow', '3630 resume']);
  expect(pausing.activity.gap).toBeNull();
});

test('LIFE-01: without favourites, or when the last one goes, out of sight is a pause as ever', () => {
  const pausing = new Pausing({ keepFavourites: true });
  pausing.take(HIDDEN);
  pausing.pass(30_000);
  pausing.take({ kind: 'favourites', count: 1 });
  pausing.take({ kind: 'favourites', count: 0 });
  expect(pausing.log).toEqual(['30 pause', '30 narrow', '30 pause']);
});

test.each<readonly [string, PauseInput]>([
  ['a suspend', SUSPEND],
  ['a locked screen', { kind: 'lock' }],
  ['the user’s own pause', { kind: 'user', wish: 'pause' }],
])('LIFE-01: %s stops favourites too, at once', (_what, input) => {
  const pausing = new Pausing({ keepFavourites: true });
  pausing.take({ kind: 'favourites', count: 2 }, HIDDEN);
  pausing.pass(30_000);
  pausing.take(input);
  expect(pausing.watched).toBe('nothing');
});

test('LIFE-02: favourites of a hidden window are followed again after a sleep, as with all, when there is a network', () => {
  const pausing = new Pausing({ keepFavourites: true });
  pausing.take({ kind: 'favourites', count: 2 }, HIDDEN);
  pausing.pass(30_000);
  pausing.take(SUSPEND, { kind: 'network', isUp: false }, RESUME);
  pausing.pass(10_000);
  pausing.take({ kind: 'network', isUp: true });
  pausing.pass(1_250);
  expect(pausing.log).toEqual(['30 narrow', '30 pause', '41.25 narrow']);
});

test('connections of favourites that may be dead without our knowing are found out', () => {
  const pausing = new Pausing({ keepFavourites: true });
  pausing.take({ kind: 'favourites', count: 2 }, HIDDEN);
  pausing.pass(30_000);
  pausing.take({ kind: 'network', isUp: true });
  pausing.pass(10_000);
  expect(pausing.log).toEqual(['30 narrow', '30.5 suspect']);
});
