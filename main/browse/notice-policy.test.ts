import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Notice, NoticeItem } from './notice-policy.ts';
import { GATHER_MS, MAX_SINGLES, NoticePolicy, SPELL_MS } from './notice-policy.ts';

const item = (id: string, event: NoticeItem['event'] = 'appeared'): NoticeItem => ({
  id,
  domain: 'office.test',
  event,
  instance: id.toUpperCase(),
  typeName: 'Printer (IPP)',
  domainName: 'office.test',
});
const itemsOf = (notice: Notice): readonly NoticeItem[] =>
  notice.kind === 'one' ? [notice.item] : notice.items;

/** A policy and everything that it told, and when. */
class Teller {
  readonly policy = new NoticePolicy();
  readonly told: { readonly atMs: number; readonly notice: Notice }[] = [];

  /** Lets time pass up to a moment, as a driver does: `tick` at every deadline. */
  pass(untilMs: number): void {
    for (
      let dueMs = this.policy.deadlineMs;
      dueMs !== undefined && dueMs <= untilMs;
      dueMs = this.policy.deadlineMs
    ) {
      const atMs = dueMs;
      this.told.push(...this.policy.tick(atMs).map((notice) => ({ atMs, notice })));
    }
  }
}

test('three things at once are told one by one, after they were gathered', () => {
  const teller = new Teller();
  for (const id of ['a', 'b', 'c']) teller.policy.take(item(id), 1_000);
  teller.pass(60_000);
  expect(teller.told).toEqual(
    ['a', 'b', 'c'].map((id) => ({ atMs: 1_000 + GATHER_MS, notice: { kind: 'one', item: item(id) } })),
  );
});

test('four things at once are told as one', () => {
  const teller = new Teller();
  for (const id of ['a', 'b', 'c', 'd']) teller.policy.take(item(id), 0);
  teller.pass(60_000);
  expect(teller.told.map(({ notice }) => [notice.kind, itemsOf(notice).length])).toEqual([['digest', 4]]);
});

test('what goes on and on is told all the same: it is gathered from the first thing on', () => {
  const teller = new Teller();
  for (const [at, id] of ['a', 'b', 'c'].entries()) {
    teller.pass(at * 2_000);
    teller.policy.take(item(id), at * 2_000);
  }
  teller.pass(60_000);
  expect(teller.told.map(({ atMs, notice }) => [atMs, itemsOf(notice)[0]?.id])).toEqual([
    [GATHER_MS, 'a'],
    [GATHER_MS, 'b'],
    [4_000 + GATHER_MS, 'c'],
  ]);
});

test('what is undone before it was told is not spoken of', () => {
  const teller = new Teller();
  teller.policy.take(item('a'), 0);
  teller.policy.take(item('a', 'left'), 1_000);
  expect(teller.policy.deadlineMs).toBeUndefined();
  teller.pass(60_000);
  expect(teller.told).toEqual([]);
});

interface Happening {
  readonly waitMs: number;
  readonly item: NoticeItem;
}
const anyHappening: fc.Arbitrary<Happening> = fc.record({
  waitMs: fc.constantFrom(0, 0, 100, 2_000, 5_000, 30_000, 90_000),
  item: fc
    .tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.constantFrom('appeared' as const, 'left' as const))
    .map(([id, event]) => item(id, event)),
});

test('whatever happens, nobody is told more than four times a minute, of nothing that was undone, and of all else soon', () => {
  fc.assert(
    fc.property(fc.array(anyHappening, { maxLength: 60 }), (happenings) => {
      const teller = new Teller();
      let nowMs = 0;
      const last = new Map<string, { readonly event: string; readonly atMs: number }>();
      for (const { waitMs, item: one } of happenings) {
        nowMs += waitMs;
        teller.pass(nowMs);
        if (last.get(one.id)?.event === one.event) continue; // a service that is there does not appear
        last.set(one.id, { event: one.event, atMs: nowMs });
        teller.policy.take(one, nowMs);
      }
      teller.pass(nowMs + 2 * SPELL_MS);
      expect(teller.policy.deadlineMs).toBeUndefined();
      for (const { atMs } of teller.told) {
        const spell = teller.told.filter((other) => other.atMs > atMs - SPELL_MS && other.atMs <= atMs);
        expect(spell.length).toBeLessThanOrEqual(MAX_SINGLES + 1);
      }
      // Of each service what was told goes to and fro, and ends with what is true.
      for (const [id, truth] of last) {
        const events = teller.told.flatMap(({ notice }) => itemsOf(notice).filter((one) => one.id === id));
        const words = events.map(({ event }) => event);
        expect(words.some((word, at) => word === words[at + 1])).toBe(false);
        expect(words.at(-1) ?? truth.event).toBe(truth.event);
      }
    }),
  );
});
