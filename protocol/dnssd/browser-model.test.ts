import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RecordDelta } from '../wire/record-delta.ts';
import type { ResourceRecord } from '../wire/record.ts';
import { recordKey } from '../wire/record.ts';
import { Name } from '../wire/name.ts';
import { SETTLE_LIMIT_MS } from '../push/zone-owner.ts';
import type { LookedAt } from './browser.ts';
import type { FollowedTypes } from './type-list.ts';
import type { BrowseScope } from './instance-name.ts';
import { ZoneSession } from '../testing/zone-session.ts';
import type { Service } from './service.ts';
import { NaiveBrowser, withRecord } from './testing/naive-browser.ts';
import { a, aaaa, cname, ptr, srv, txt } from './testing/records.ts';
import { foldedText, serviceText, Watch } from './testing/watch.ts';

const SERVICES = '_services._dns-sd._udp.test';
const LISTS = ['_ipp._tcp.test', '_IPP._tcp.test', '_http._tcp.test', '_x._sub._ipp._tcp.test'];
const INSTANCES = [
  'a._ipp._tcp.test',
  'A._ipp._tcp.test',
  'b._ipp._tcp.test',
  'a._http._tcp.test',
  'c._ipp._tcp.far.test',
];
const HOSTS = ['h.test', 'H.test', 'i.test'];
const keyOf = (name: string): string => Name.of(name).key;
const ALL = [SERVICES, ...LISTS, ...INSTANCES, ...HOSTS, 'alias.test'];

const anyHost = fc.constantFrom(...HOSTS);
const anyInstance = fc.constantFrom(...INSTANCES);
const anyName = fc.constantFrom(...ALL);
const anyNumber = fc.nat({ max: 2 });
const anyRecord: fc.Arbitrary<ResourceRecord> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(...LISTS, '_ipp._tcp.far.test').map((type) => ptr(SERVICES, type)),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom(...LISTS), anyInstance).map(([list, to]) => ptr(list, to)),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(anyInstance, fc.constantFrom(...HOSTS, '.', 'alias.test'), anyNumber, anyNumber, anyNumber)
      .map(([name, target, port, priority, weight]) => srv(name, target, port, priority, weight)),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(anyInstance, fc.constantFrom('', 'k=v', 'K=v'))
      .map(([name, text]) => txt(name, text)),
  },
  { weight: 2, arbitrary: fc.tuple(anyHost, anyNumber).map(([name, last]) => a(name, `10.0.0.${last}`)) },
  { weight: 2, arbitrary: fc.tuple(anyHost, anyNumber).map(([name, last]) => aaaa(name, `fd00::${last}`)) },
  // Everything may stand everywhere, and be an alias of everything.
  fc.tuple(anyName, anyName).map(([name, target]) => cname(name, target)),
  fc.tuple(anyName, anyName).map(([name, target]) => ptr(name, target)),
  fc.tuple(anyName, anyName).map(([name, target]) => srv(name, target)),
  fc.tuple(anyName, anyNumber).map(([name, last]) => a(name, `10.1.0.${last}`)),
);
const anyScope: fc.Arbitrary<BrowseScope> = fc.constantFrom(
  { domain: Name.of('test') },
  { domain: Name.of('test'), type: Name.of('_ipp._tcp') },
  { domain: Name.of('test'), type: Name.of('_x._sub._ipp._tcp') },
);

type Step = readonly [isAdded: boolean, record: ResourceRecord];
const anyStep: fc.Arbitrary<Step> = fc.tuple(
  fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
  anyRecord,
);

const deltaOf = ([isAdded, record]: Step): RecordDelta => ({ kind: isAdded ? 'added' : 'removed', record });

/** A step, or which of the records that are there is in doubt from now on or no longer is. */
type Turn = Step | { readonly kind: 'doubted' | 'confirmed'; readonly at: number };
const anyTurn: fc.Arbitrary<Turn> = fc.oneof(
  { weight: 3, arbitrary: anyStep },
  fc.record({ kind: fc.constantFrom('doubted' as const, 'confirmed' as const), at: fc.nat() }),
);

test('CHG-20: whatever the order and the batches of changes, services and questions are those of the records there are', () => {
  const batches = fc.array(fc.array(anyStep, { minLength: 1, maxLength: 12 }), { maxLength: 10 });
  fc.assert(
    fc.property(anyScope, batches, (scope, all) => {
      const watch = new Watch(scope);
      let records: ReadonlyMap<string, ResourceRecord> = new Map();
      for (const steps of all) {
        const before = new Map([...watch.services].map(([key, service]) => [key, serviceText(service)]));
        const { put, drop } = watch.apply(steps.map(deltaOf));
        for (const [isAdded, record] of steps) records = withRecord(records, record, isAdded);
        const model = new NaiveBrowser(scope, [...records.values()]);
        expect(watch.shown).toEqual([...model.services.values()].map(serviceText).toSorted());
        expect(watch.questions).toEqual([...model.questions].toSorted());
        const told = [...put.map(({ name }) => name.key), ...drop.map(({ key }) => key)];
        expect(new Set(told).size).toBe(told.length);
        for (const service of put) expect(serviceText(service)).not.toBe(before.get(service.name.key));
      }
    }),
    { numRuns: 200 },
  );
});

const anyLook: fc.Arbitrary<LookedAt> = fc.oneof(
  fc.constant('everything' as const),
  fc.subarray([...INSTANCES, 'nobody._ipp._tcp.test']).map((names) => new Set(names.map(keyOf))),
);

const anyList: fc.Arbitrary<FollowedTypes> = fc.oneof(
  fc.constant('everything' as const),
  fc.subarray(['_ipp._tcp', '_http._tcp', '_none._udp']).map((types) => new Set(types.map(keyOf))),
);

test('LIFE-03: whatever is looked at and listed, in turns and in whichever order records come, nothing else is asked and known', () => {
  const turn = fc.tuple(anyLook, anyList, fc.array(anyStep, { maxLength: 12 }), fc.boolean());
  const turns = fc.array(turn, { maxLength: 10 });
  fc.assert(
    fc.property(anyScope, turns, (scope, all) => {
      const watch = new Watch(scope);
      let records: ReadonlyMap<string, ResourceRecord> = new Map();
      for (const [lookedAt, followed, steps, looksFirst] of all) {
        if (looksFirst) watch.look(lookedAt);
        else watch.list(followed);
        watch.apply(steps.map(deltaOf));
        if (looksFirst) watch.list(followed);
        else watch.look(lookedAt);
        for (const [isAdded, record] of steps) records = withRecord(records, record, isAdded);
        const model = new NaiveBrowser(scope, [...records.values()], () => true, lookedAt, followed);
        expect(watch.shown).toEqual([...model.services.values()].map(serviceText).toSorted());
        expect(watch.questions).toEqual([...model.questions].toSorted());
      }
    }),
    { numRuns: 300 },
  );
});

test('SD-10: a browser that has nothing left asks for what it asked for in the beginning', () => {
  fc.assert(
    fc.property(anyScope, fc.array(anyStep, { maxLength: 60 }), (scope, steps) => {
      const watch = new Watch(scope);
      const first = watch.questions;
      watch.apply(steps.map(deltaOf));
      for (const [, record] of steps) watch.remove(record);
      expect(watch.shown).toEqual([]);
      expect(watch.questions).toEqual(first);
      watch.stop();
      expect(watch.questions).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('CHG-22: whatever is in doubt, exactly the services are that are made of it or that nothing else lists', () => {
  const batches = fc.array(fc.array(anyTurn, { minLength: 1, maxLength: 12 }), { maxLength: 10 });
  fc.assert(
    fc.property(anyScope, batches, (scope, all) => {
      const watch = new Watch(scope);
      let records: ReadonlyMap<string, ResourceRecord> = new Map();
      const doubted = new Set<string>();
      for (const turns of all) {
        const deltas: RecordDelta[] = [];
        for (const turn of turns) {
          if (!('kind' in turn)) {
            doubted.delete(recordKey(turn[1]));
            records = withRecord(records, turn[1], turn[0]);
            deltas.push(deltaOf(turn));
            continue;
          }
          const record = [...records.values()][turn.at % Math.max(1, records.size)];
          if (record === undefined || doubted.has(recordKey(record)) === (turn.kind === 'doubted')) continue;
          if (turn.kind === 'doubted') doubted.add(recordKey(record));
          else doubted.delete(recordKey(record));
          deltas.push({ kind: turn.kind, record });
        }
        watch.apply(deltas);
        const model = new NaiveBrowser(
          scope,
          [...records.values()],
          (record) => !doubted.has(recordKey(record)),
        );
        expect(watch.shown).toEqual([...model.services.values()].map(serviceText).toSorted());
      }
    }),
    { numRuns: 300 },
  );
});

type Event =
  | { readonly kind: 'look'; readonly at: LookedAt }
  | { readonly kind: 'list'; readonly types: FollowedTypes }
  | { readonly kind: 'change'; readonly step: Step }
  | { readonly kind: 'lose' | 'restore' }
  | { readonly kind: 'wait'; readonly ms: number };

const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('change' as const), step: anyStep }) },
  fc.record({ kind: fc.constant('look' as const), at: anyLook }),
  fc.record({ kind: fc.constant('list' as const), types: anyList }),
  fc.record({ kind: fc.constantFrom('lose' as const, 'restore' as const) }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(100, 1_500, 4_000) }),
);

function play(session: ZoneSession, event: Event): void {
  if (event.kind === 'change') session.change(event.step[1], event.step[0]);
  else if (event.kind === 'look') session.look(event.at);
  else if (event.kind === 'list') session.list(event.types);
  else if (event.kind === 'wait') session.wait(event.ms);
  else if (event.kind === 'lose') session.lose();
  else session.restore();
}

test('CHG-22: after any history of changes, lost sessions, looks and lists, what settles is the services of the zone', () => {
  fc.assert(
    fc.property(anyScope, fc.array(anyEvent, { maxLength: 60 }), (scope, events) => {
      const session = new ZoneSession(scope);
      let lookedAt: LookedAt = 'everything';
      let followed: FollowedTypes = 'everything';
      for (const event of events) {
        play(session, event);
        if (event.kind === 'look') lookedAt = event.at;
        if (event.kind === 'list') followed = event.types;
      }
      session.lose();
      expect([...session.services.values()].filter(({ isVouched }) => isVouched)).toEqual([]);
      session.restore();
      session.wait(SETTLE_LIMIT_MS);
      const model = new NaiveBrowser(scope, [...session.zone.values()], () => true, lookedAt, followed);
      const texts = (services: Iterable<Service>): readonly string[] =>
        Array.from(services, serviceText).toSorted();
      expect(texts(session.services.values())).toEqual(texts(model.services.values()));
      expect([...session.wanted.values()].map(foldedText).toSorted()).toEqual(
        [...model.questions].toSorted(),
      );
    }),
    { numRuns: 200 },
  );
});
