import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PauseInput } from './pause-policy.ts';
import type { Watched } from './pause-phase.ts';
import { PAUSE_SETTINGS, Pausing } from './testing/pausing.ts';

/** What can happen: something is said, or time passes. */
type Happening = PauseInput | { readonly kind: 'time'; readonly ms: number };

const windowId = fc.constantFrom(1, 2);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({
    kind: fc.constant('window' as const),
    id: windowId,
    state: fc.constantFrom('shown', 'hidden', 'minimised', 'closed'),
  }),
  fc.record({
    kind: fc.constant('page' as const),
    id: windowId,
    visibility: fc.constantFrom('visible', 'hidden', 'unknown'),
  }),
  fc.record({ kind: fc.constantFrom('suspend', 'resume', 'lock', 'unlock', 'idle', 'active', 'person') }),
  fc.record({ kind: fc.constant('user' as const), wish: fc.constantFrom('pause', 'watch') }),
  fc.record({ kind: fc.constant('network' as const), isUp: fc.boolean() }),
  fc.record({ kind: fc.constant('favourites' as const), count: fc.constantFrom(0, 1, 3) }),
  fc
    .record({
      pauseOnHide: fc.boolean(),
      graceSeconds: fc.constantFrom(0, 1, 30),
      pauseOnIdle: fc.boolean(),
      idleMinutes: fc.constant(10),
      keepFavourites: fc.boolean(),
    })
    .map((settings) => ({ kind: 'settings', settings }) as const),
  fc.constantFrom(0, 1, 2, 100, 250, 2_000, 29_000, 40_000).map((ms) => ({ kind: 'time', ms }) as const),
);
const history = fc.array(happening, { maxLength: 40 });

/** Longer than any wait of the policy. */
const SETTLED_MS = 60_000;

/** Performs a history; `Pausing` sees to it that pauses and resumes take turns and that time goes on. */
function perform(happenings: readonly Happening[]): Pausing {
  const pausing = new Pausing();
  for (const it of happenings) {
    if (it.kind === 'time') pausing.pass(it.ms);
    else pausing.take(it);
  }
  return pausing;
}

/** What to watch once all is quiet, by the plainest reading of the rules. */
function wanted(happenings: readonly Happening[]): Watched {
  const said = (...kinds: readonly string[]) => happenings.findLast(({ kind }) => kinds.includes(kind));
  if (said('suspend', 'resume', 'person', 'user')?.kind === 'suspend') return 'nothing';
  const user = happenings.findLast((it) => it.kind === 'user');
  if (user?.wish === 'pause') return 'nothing';
  const { keepFavourites, pauseOnHide, pauseOnIdle } =
    happenings.findLast((it) => it.kind === 'settings')?.settings ?? PAUSE_SETTINGS;
  const isIdle = pauseOnIdle && said('idle', 'active', 'person', 'user')?.kind === 'idle';
  const isLocked = pauseOnHide && said('lock', 'unlock', 'person', 'user')?.kind === 'lock';
  const isUnseen = pauseOnHide && ![1, 2].some((id) => isSeen(id, happenings));
  if (!isIdle && !isLocked && !isUnseen) return 'all';
  const count = happenings.findLast((it) => it.kind === 'favourites')?.count ?? 0;
  return keepFavourites && count > 0 && !isLocked ? 'favourites' : 'nothing';
}

function isSeen(id: number, happenings: readonly Happening[]): boolean {
  const first: Happening[] = [{ kind: 'window', id: 1, state: 'shown' }];
  const all = [...first, ...happenings];
  const windows = all.filter((it) => it.kind === 'window' && it.id === id);
  const opened = all.slice(
    1 + all.findLastIndex((it) => it.kind === 'window' && it.id === id && it.state === 'closed'),
  );
  const shown = opened.findIndex((it) => it.kind === 'window' && it.id === id);
  const page = opened.findLast((it, at) => it.kind === 'page' && it.id === id && at > shown && shown >= 0);
  const last = windows.at(-1);
  const isHidden = page?.kind === 'page' && page.visibility === 'hidden';
  return last?.kind === 'window' && last.state === 'shown' && !isHidden;
}

test('LIFE-01: after any history, what is watched follows from the last word of each source', () => {
  fc.assert(
    fc.property(history, (happenings) => {
      const pausing = perform(happenings);
      pausing.pass(SETTLED_MS);
      expect(pausing.watched).toBe(wanted(happenings));
      expect(pausing.activity.state === 'active').toBe(pausing.watched === 'all');
      expect(pausing.activity.state === 'background').toBe(pausing.watched === 'favourites');
    }),
    { numRuns: 1_000 },
  );
});

test('LIFE-01: no history leaves it paused before the eyes of somebody who wants to see', () => {
  fc.assert(
    fc.property(history, (happenings) => {
      const pausing = perform([
        ...happenings,
        { kind: 'window', id: 1, state: 'shown' },
        { kind: 'page', id: 1, visibility: 'visible' },
        { kind: 'user', wish: 'watch' },
      ]);
      pausing.pass(25_000);
      expect(pausing.isWatching).toBe(true);
    }),
  );
});

test('LIFE-02: between a suspend and whatever ends it nothing is watched, not for a moment', () => {
  const noEnd = happening.filter(({ kind }) => kind !== 'resume' && kind !== 'person' && kind !== 'user');
  fc.assert(
    fc.property(history, fc.array(noEnd, { maxLength: 40 }), (before, after) => {
      const pausing = perform(before);
      pausing.take({ kind: 'suspend' });
      const said = pausing.log.length;
      expect(pausing.watched).toBe('nothing');
      for (const it of after) {
        if (it.kind === 'time') pausing.pass(it.ms);
        else pausing.take(it);
      }
      expect(pausing.log.slice(said)).toEqual([]);
    }),
  );
});

test('LIFE-01: whatever came before, not all is watched from the moment that nobody uses the computer, if that is wanted', () => {
  fc.assert(
    fc.property(history, (happenings) => {
      const pausing = perform(happenings);
      pausing.take(
        { kind: 'idle' },
        { kind: 'settings', settings: { ...PAUSE_SETTINGS, pauseOnIdle: true } },
      );
      expect(pausing.isWatching).toBe(false);
    }),
  );
});

test('saying everything twice changes nothing', () => {
  fc.assert(
    fc.property(history, (happenings) => {
      const once = perform(happenings);
      const twice = perform(happenings.flatMap((it): Happening[] => (it.kind === 'time' ? [it] : [it, it])));
      const turns = (pausing: Pausing) => pausing.log.filter((line) => !line.endsWith('suspect'));
      expect(turns(twice)).toEqual(turns(once));
      expect(twice.activity).toEqual(once.activity);
    }),
  );
});
