import fc from 'fast-check';
import { expect, test } from 'vitest';
import { a, cname, question, txt } from '../dnssd/testing/records.ts';
import { recordText } from '../dnssd/testing/show.ts';
import type { RecordDelta } from '../wire/record-delta.ts';
import type { Question, ResourceRecord } from '../wire/record.ts';
import { questionKey, recordKey } from '../wire/record.ts';
import { RecordClass, RecordType } from '../wire/registry.ts';
import type { Change } from './change.ts';
import { changeName } from './change.ts';
import { covers } from './coverage.ts';
import { ZoneCache } from './zone-cache.ts';
import { SETTLE_LIMIT_MS } from './zone-owner.ts';

const { A, TXT, ANY } = RecordType;
const NAMES = ['x.test', 'X.Test', 'y.test'];

const anyName = fc.constantFrom(...NAMES);
const anyTtl = fc.constantFrom(0, 1, 5, 120);
const anyRecord: fc.Arbitrary<ResourceRecord> = fc.oneof(
  fc.tuple(anyName, fc.nat({ max: 12 }), anyTtl).map(([name, last, ttl]) => a(name, `10.0.0.${last}`, ttl)),
  fc.tuple(anyName, fc.constantFrom('a', 'A')).map(([name, text]) => txt(name, text)),
  fc.tuple(anyName, fc.constantFrom('z.test', 'Z.test')).map(([name, target]) => cname(name, target)),
);
const anyQuestion = fc
  .tuple(anyName, fc.constantFrom<number>(A, TXT, ANY))
  .map(([name, type]) => question(name, type));
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: anyRecord.map((record): Change => ({ kind: 'add', record })) },
  { weight: 3, arbitrary: anyRecord.map((record): Change => ({ kind: 'remove', record })) },
  anyQuestion.map(({ name }): Change => ({ kind: 'remove-rrset', name, type: A, class: RecordClass.IN })),
  anyQuestion.map(({ name }): Change => ({ kind: 'remove-class', name, class: RecordClass.IN })),
  anyQuestion.map(({ name }): Change => ({ kind: 'remove-name', name })),
);

/** Whoever adds up the deltas has what the cache has. */
class Mirror {
  readonly #records = new Map<string, ResourceRecord>();
  readonly #doubted = new Set<string>();

  take(deltas: readonly RecordDelta[]): void {
    for (const { kind, record } of deltas) {
      const key = recordKey(record);
      const isDoubted = this.#doubted.has(key);
      const cannotBe = { added: isDoubted, refreshed: isDoubted, doubted: isDoubted, confirmed: !isDoubted };
      if (this.#records.has(key) === (kind === 'added') || (kind !== 'removed' && cannotBe[kind])) {
        throw new Error(`${recordText(record)} cannot be ${kind}`);
      }
      if (kind === 'removed') this.#records.delete(key);
      else this.#records.set(key, record);
      if (kind === 'doubted') this.#doubted.add(key);
      else this.#doubted.delete(key);
    }
  }

  /** What somebody vouches for. */
  get confirmed(): readonly string[] {
    return textsOf([...this.#records.values()].filter((record) => !this.#doubted.has(recordKey(record))));
  }

  get texts(): readonly string[] {
    return textsOf([...this.#records.values()]);
  }
}

const textsOf = (records: readonly ResourceRecord[]): readonly string[] => records.map(recordText).toSorted();
const heldBy = (cache: ZoneCache): readonly string[] =>
  textsOf(NAMES.slice(1).flatMap((name) => cache.matching(question(name, ANY))));
const confirmedBy = (cache: ZoneCache): readonly string[] =>
  textsOf(NAMES.slice(1).flatMap((name) => cache.confirmed(question(name, ANY))));

/** What RFC 8765 §6.3.1 makes of one change, on a plain list. */
function changed(
  records: readonly ResourceRecord[],
  change: Change,
  asked: readonly Question[],
): readonly ResourceRecord[] {
  const isCovered = (record: ResourceRecord): boolean => asked.some((one) => covers(one, record));
  const isRemoved = (record: ResourceRecord): boolean => {
    if (change.kind === 'add' || change.kind === 'remove')
      return recordKey(record) === recordKey(change.record);
    if (!record.name.equals(changeName(change))) return false;
    return change.kind !== 'remove-rrset' || record.type === change.type;
  };
  const left = records.filter((record) => !isRemoved(record));
  if (change.kind === 'add') return isCovered(change.record) ? [...left, change.record] : records;
  return records.some((record) => isRemoved(record) && isCovered(record)) ? left : records;
}

test('CHG-20: whatever changes come in whatever batches, the cache is what they make of a list, one by one', () => {
  const batches = fc.array(fc.array(anyChange, { maxLength: 12 }), { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(anyQuestion, { maxLength: 4 }), batches, (asked, all) => {
      const cache = new ZoneCache();
      const mirror = new Mirror();
      for (const one of asked) cache.cover(one, 0);
      let records: readonly ResourceRecord[] = [];
      for (const changes of all) {
        for (const change of changes) records = changed(records, change, asked);
        mirror.take(cache.apply(changes, 0));
        expect(heldBy(cache)).toEqual(textsOf(records));
        expect(mirror.texts).toEqual(textsOf(records));
      }
    }),
    { numRuns: 150 },
  );
});

type Step =
  | { readonly kind: 'zone'; readonly record: ResourceRecord; readonly isAdded: boolean }
  | { readonly kind: 'subscribe' | 'unsubscribe'; readonly question: Question }
  | { readonly kind: 'lose' }
  | { readonly kind: 'wait'; readonly ms: number };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('zone' as const), record: anyRecord, isAdded: fc.boolean() }),
  fc.record({ kind: fc.constantFrom('subscribe' as const, 'unsubscribe' as const), question: anyQuestion }),
  fc.record({ kind: fc.constant('lose' as const) }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(100, 1_500, 4_000) }),
);

/** A zone, the server that tells of it, and a cache that subscribes to it now and then. */
class Scene {
  readonly cache = new ZoneCache();
  readonly mirror = new Mirror();
  readonly zone = new Map<string, ResourceRecord>();
  readonly live = new Map<string, Question>();
  nowMs = 0;

  play(step: Step): void {
    switch (step.kind) {
      case 'zone':
        this.#change(step.record, step.isAdded);
        return;
      case 'subscribe':
        this.#subscribe(step.question);
        return;
      case 'unsubscribe':
        this.#unsubscribe(step.question);
        return;
      case 'lose':
        for (const asked of [...this.live.values()]) this.#unsubscribe(asked);
        return;
      case 'wait':
        this.wait(step.ms);
    }
  }

  /** Lets time pass as a driver does: `tick` at every deadline, and no sooner. */
  wait(ms: number): void {
    const untilMs = this.nowMs + ms;
    for (
      let atMs = this.cache.deadlineMs;
      atMs !== undefined && atMs <= untilMs;
      atMs = this.cache.deadlineMs
    ) {
      this.mirror.take(this.cache.tick(Math.max(atMs, this.nowMs)));
    }
    this.nowMs = untilMs;
  }

  /** What of the zone as it is a subscription tells of, and what of it the cache has; nothing else may be vouched for. */
  get covered(): ReadonlySet<string> {
    const asked = [...this.live.values()];
    return new Set(
      textsOf([...this.zone.values()].filter((record) => asked.some((one) => covers(one, record)))),
    );
  }

  /** What the zone has of all that is subscribed to, and what the cache has of it. */
  get truth(): readonly string[] {
    return this.#subscribed((asked) => [...this.zone.values()].filter((record) => covers(asked, record)));
  }

  get belief(): readonly string[] {
    return this.#subscribed((asked) => this.cache.matching(asked));
  }

  #subscribed(recordsOf: (asked: Question) => readonly ResourceRecord[]): readonly string[] {
    return [...this.live.values()].flatMap((asked) => textsOf(recordsOf(asked)));
  }

  #change(record: ResourceRecord, isAdded: boolean): void {
    const known = this.zone.get(recordKey(record));
    if (isAdded) this.zone.set(recordKey(record), record);
    else this.zone.delete(recordKey(record));
    const isTold = [...this.live.values()].some((asked) => covers(asked, record));
    if (!isTold || (!isAdded && known === undefined)) return;
    this.mirror.take(this.cache.apply([{ kind: isAdded ? 'add' : 'remove', record }], this.nowMs));
  }

  #subscribe(asked: Question): void {
    if (this.live.has(questionKey(asked))) return;
    this.live.set(questionKey(asked), asked);
    this.mirror.take(this.cache.cover(asked, this.nowMs));
    const answers = [...this.zone.values()].filter((record) => covers(asked, record));
    this.mirror.take(
      this.cache.apply(
        answers.map((record) => ({ kind: 'add', record })),
        this.nowMs,
      ),
    );
  }

  #unsubscribe(asked: Question): void {
    if (!this.live.delete(questionKey(asked))) return;
    this.mirror.take(this.cache.uncover(asked, this.nowMs));
  }
}

test('CHG-22: after any history of changes, losses and returns, what settles is the zone as it is', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
      const scene = new Scene();
      for (const step of steps) {
        scene.play(step);
        expect(scene.mirror.texts).toEqual(heldBy(scene.cache));
        expect(scene.mirror.confirmed).toEqual(confirmedBy(scene.cache));
        expect(scene.mirror.confirmed.filter((text) => !scene.covered.has(text))).toEqual([]);
      }
      scene.wait(SETTLE_LIMIT_MS);
      expect(scene.mirror.texts).toEqual(heldBy(scene.cache));
      expect(scene.belief).toEqual(scene.truth);
    }),
    { numRuns: 250 },
  );
});

test('CHG-21: after any history, once nothing is covered, everything ages away and nothing is awaited', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
      const scene = new Scene();
      for (const step of [...steps, { kind: 'lose' as const }]) scene.play(step);
      scene.wait(120_000);
      expect(scene.cache.nameCount).toBe(0);
      expect(scene.cache.deadlineMs).toBeUndefined();
      expect(scene.mirror.texts).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
