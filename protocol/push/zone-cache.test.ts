import { expect, test } from 'vitest';
import { a, ptr, question, record, srv, txt } from '../dnssd/testing/records.ts';
import { deltaTexts, recordText } from '../dnssd/testing/show.ts';
import { Name } from '../wire/name.ts';
import type { Question, ResourceRecord } from '../wire/record.ts';
import { RecordClass, RecordType } from '../wire/registry.ts';
import type { Change } from './change.ts';
import { ZoneCache } from './zone-cache.ts';

const { PTR, A, AAAA, APL, SRV, TXT, CNAME, ANY } = RecordType;
const IPP = '_ipp._tcp.test';
const [ONE, TWO, THREE] = [ptr(IPP, `one.${IPP}`), ptr(IPP, `two.${IPP}`), ptr(IPP, `three.${IPP}`)];

const add = (of: ResourceRecord): Change => ({ kind: 'add', record: of });
const remove = (of: ResourceRecord): Change => ({ kind: 'remove', record: of });
const removeRrset = ({ name, type, class: recordClass }: Question): Change => ({
  kind: 'remove-rrset',
  name,
  type,
  class: recordClass,
});

function cacheOf(questions: readonly Question[], ...records: readonly ResourceRecord[]): ZoneCache {
  const cache = new ZoneCache();
  for (const asked of questions) cache.cover(asked, 0);
  cache.apply(records.map(add), 0);
  return cache;
}

const kept = (cache: ZoneCache, asked: Question): readonly string[] =>
  cache.matching(asked).map(recordText).toSorted();

test.each([0, 1, 0x7fffffff])('CHG-01: a record with a TTL of %i is added', (ttlSeconds) => {
  const cache = cacheOf([question('h.test', A)]);
  const added = a('h.test', '10.0.0.1', ttlSeconds);
  expect(deltaTexts(cache.apply([add(added)], 0))).toEqual([`+ ${recordText(added)}`]);
  expect(kept(cache, question('h.test', A))).toEqual([recordText(added)]);
});

test('CHG-02: a single removal takes one of three', () => {
  const cache = cacheOf([question(IPP, PTR)], ONE, TWO, THREE);
  expect(deltaTexts(cache.apply([remove(TWO)], 0))).toEqual([`- ${recordText(TWO)}`]);
  expect(kept(cache, question(IPP, PTR))).toEqual([ONE, THREE].map(recordText).toSorted());
});

test('CHG-02: the removal of a record that is not there changes nothing', () => {
  const cache = cacheOf([question(IPP, PTR)], ONE);
  expect(cache.apply([remove(TWO)], 0)).toEqual([]);
});

const HOST = 'h.test';
const ADDRESS = a(HOST, '10.0.0.1');
const OTHER_ADDRESS = a(HOST, '10.0.0.2');
const TEXT = txt(HOST, 'k=v');
const CHAOS = { ...TEXT, class: RecordClass.CH };
const ALL = { ...question(HOST, ANY), class: RecordClass.ANY };

const COLLECTIVE: readonly (readonly [string, Change, readonly ResourceRecord[]])[] = [
  ['of an RRset', removeRrset(question(HOST, A)), [TEXT, CHAOS]],
  ['of all types of a class', { kind: 'remove-class', name: Name.of(HOST), class: RecordClass.IN }, [CHAOS]],
  ['of everything at a name', { kind: 'remove-name', name: Name.of(HOST) }, []],
];

test.each(COLLECTIVE)('CHG-03: a removal %s takes what it names and leaves the rest', (_, change, left) => {
  const below = a(`below.${HOST}`, '10.0.0.3');
  const all = [ADDRESS, OTHER_ADDRESS, TEXT, CHAOS];
  const cache = cacheOf([ALL, question(`below.${HOST}`, A)], ...all, below);
  const gone = all.filter((one) => !left.includes(one));
  expect(deltaTexts(cache.apply([change], 0))).toEqual(gone.map((one) => `- ${recordText(one)}`).toSorted());
  expect(kept(cache, ALL)).toEqual(left.map(recordText).toSorted());
  expect(kept(cache, question(`below.${HOST}`, A))).toEqual([recordText(below)]);
});

test('CHG-10: an empty RDATA is a record like any other, added and removed', () => {
  const asked = question('list.test', APL);
  const empty = record('list.test', APL, new Uint8Array());
  const cache = cacheOf([asked]);
  expect(deltaTexts(cache.apply([add(empty)], 0))).toEqual([`+ ${recordText(empty)}`]);
  expect(deltaTexts(cache.apply([remove(empty)], 0))).toEqual([`- ${recordText(empty)}`]);
});

test('CHG-11: a record that nothing covers is ignored, and the rest of its PUSH applied', () => {
  const cache = cacheOf([question(IPP, PTR)]);
  const strange = a('stranger.test', '10.0.0.9');
  const chaos = { ...ONE, class: RecordClass.CH };
  const deltas = cache.apply([add(strange), add(ONE), add(chaos)], 0);
  expect(deltaTexts(deltas)).toEqual([`+ ${recordText(ONE)}`]);
  expect(kept(cache, question('stranger.test', A))).toEqual([]);
});

test('CHG-12: an address is ignored under a subscription to PTR, a CNAME taken', () => {
  const cache = cacheOf([question(IPP, PTR)]);
  const alias = record(IPP, CNAME, Name.of('_ipp._tcp.elsewhere.test').wire);
  expect(deltaTexts(cache.apply([add(a(IPP, '10.0.0.1')), add(alias)], 0))).toEqual([
    `+ ${recordText(alias)}`,
  ]);
});

test('CHG-14: a collective removal is applied if one record that it covers is subscribed to', () => {
  const cache = cacheOf([question(HOST, A), question(HOST, TXT)], ADDRESS, TEXT);
  cache.uncover(question(HOST, TXT), 0);
  const deltas = cache.apply([{ kind: 'remove-name', name: Name.of(HOST) }], 0);
  expect(deltaTexts(deltas)).toEqual([ADDRESS, TEXT].map((one) => `- ${recordText(one)}`).toSorted());
});

test.each<[string, Change]>([
  ['an RRset', removeRrset(question(HOST, TXT))],
  ['everything at a name', { kind: 'remove-name', name: Name.of(HOST) }],
])('CHG-14: a removal of %s is ignored where none of its records is subscribed to', (_, change) => {
  const cache = cacheOf([question(HOST, TXT), question(HOST, AAAA)], TEXT);
  cache.uncover(question(HOST, TXT), 0);
  expect(cache.apply([change], 0)).toEqual([]);
  expect(kept(cache, ALL)).toEqual([recordText(TEXT)]);
});

test('CHG-14: a record that its PUSH has removed already covers nothing', () => {
  const cache = cacheOf([question(HOST, A), question(HOST, TXT)], ADDRESS, TEXT);
  cache.uncover(question(HOST, TXT), 0);
  const deltas = cache.apply([remove(ADDRESS), { kind: 'remove-name', name: Name.of(HOST) }], 0);
  expect(deltaTexts(deltas)).toEqual([`- ${recordText(ADDRESS)}`]);
});

test('CHG-15: one PUSH feeds every subscription that it matches', () => {
  const cache = cacheOf([question(IPP, PTR), question(IPP, ANY)]);
  const note = txt(IPP, 'note');
  expect(cache.apply([add(ONE), add(note)], 0)).toHaveLength(2);
  expect(kept(cache, question(IPP, PTR))).toEqual([recordText(ONE)]);
  expect(kept(cache, question(IPP, ANY))).toEqual([ONE, note].map(recordText).toSorted());
});

test('CHG-19: adding what is there is no change', () => {
  const cache = cacheOf([question(IPP, PTR)], ONE, TWO);
  expect(cache.apply([add(ONE), add(TWO), add(ONE)], 0)).toEqual([]);
  expect(cache.matching(question(IPP, PTR))).toHaveLength(2);
});

test('CHG-19: a removal takes the record whatever the letter case of its names', () => {
  const target = srv(`one.${IPP}`, 'Host.Test');
  const cache = cacheOf([question(`one.${IPP}`, SRV)], target);
  const deltas = cache.apply([remove(srv(`ONE.${IPP}`, 'hOST.tEST'))], 0);
  expect(deltaTexts(deltas)).toEqual([`- ${recordText(target)}`]);
});

test('CHG-19: octets that are no name must be the same for a removal', () => {
  const cache = cacheOf([question(HOST, TXT)], TEXT);
  expect(cache.apply([remove(txt(HOST, 'K=V'))], 0)).toEqual([]);
});

test('a new TTL refreshes the record', () => {
  const cache = cacheOf([question(HOST, A)], ADDRESS);
  const renewed = { ...ADDRESS, ttlSeconds: 4500 };
  expect(deltaTexts(cache.apply([add(renewed)], 0))).toEqual([`~ ${recordText(renewed)}`]);
  expect(kept(cache, question(HOST, A))).toEqual([recordText(renewed)]);
});

test('a record that comes to be spelled otherwise goes and comes', () => {
  const cache = cacheOf([question(IPP, PTR)], ONE);
  const spelled = ptr(IPP, `ONE.${IPP}`);
  expect(deltaTexts(cache.apply([add(spelled)], 0))).toEqual(
    [`+ ${recordText(spelled)}`, `- ${recordText(ONE)}`].toSorted(),
  );
});

test('CHG-20: changes apply in order, and their sum is told', () => {
  const cache = cacheOf([question(IPP, PTR)], ONE);
  expect(deltaTexts(cache.apply([add(TWO), remove(TWO), add(TWO)], 0))).toEqual([`+ ${recordText(TWO)}`]);
  expect(cache.apply([remove(ONE), add(ONE)], 0)).toEqual([]);
  expect(cache.apply([add(THREE), removeRrset(question(IPP, PTR)), add(ONE), add(TWO)], 0)).toEqual([]);
  expect(deltaTexts(cache.apply([add(THREE), remove(ONE), add(ONE), remove(ONE)], 0))).toEqual(
    [`+ ${recordText(THREE)}`, `- ${recordText(ONE)}`].toSorted(),
  );
});

test('what is kept holds nothing of the message that it came in', () => {
  const message = new Uint8Array(16_000);
  message.set(Name.of(HOST).wire, 12);
  message.set([10, 0, 0, 1], 30);
  const name = Name.ofWire(message.subarray(12, 12 + Name.of(HOST).wire.length));
  const cache = cacheOf([]);
  cache.cover({ name, type: A, class: RecordClass.IN }, 0);
  cache.apply([add(record(name, A, message.subarray(30, 34)))], 0);
  const [found] = cache.matching(question(HOST, A));
  expect(found?.rdata.buffer).not.toBe(message.buffer);
  expect(found?.name.wire.buffer.byteLength).toBeLessThan(255);
  message.fill(0xff);
  expect(recordText(found!)).toBe(recordText(ADDRESS));
});
