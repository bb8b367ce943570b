import { expect, test } from 'vitest';
import { a, ptr, question } from '../dnssd/testing/records.ts';
import { deltaTexts, recordText } from '../dnssd/testing/show.ts';
import type { Question, ResourceRecord } from '../wire/record.ts';
import { RecordType } from '../wire/registry.ts';
import { ZoneCache } from './zone-cache.ts';
import { SETTLE_LIMIT_MS, SETTLE_QUIET_MS } from './zone-owner.ts';

const IPP = '_ipp._tcp.test';
const LISTED = question(IPP, RecordType.PTR);
const EVERYTHING = question(IPP, RecordType.ANY);
const [ONE, TWO, THREE] = [ptr(IPP, `one.${IPP}`), ptr(IPP, `two.${IPP}`), ptr(IPP, `three.${IPP}`)];
const signed =
  (sign: string) =>
  (...records: readonly ResourceRecord[]): readonly string[] =>
    records.map((record) => `${sign} ${recordText(record)}`).toSorted();
const [gone, doubted, confirmed] = [signed('-'), signed('?'), signed('!')];

function push(cache: ZoneCache, nowMs: number, ...records: readonly ResourceRecord[]): readonly string[] {
  return deltaTexts(
    cache.apply(
      records.map((record) => ({ kind: 'add', record })),
      nowMs,
    ),
  );
}

function coveredAt0(asked: Question, ...records: readonly ResourceRecord[]): ZoneCache {
  const cache = new ZoneCache();
  cache.cover(asked, 0);
  push(cache, 0, ...records);
  return cache;
}

test('CHG-01: a TTL of 0 lives as long as its subscription, and goes with it at once', () => {
  const fleeting = ptr(IPP, `one.${IPP}`, 0);
  const cache = coveredAt0(LISTED, fleeting);
  expect(cache.tick(600_000)).toEqual([]);
  expect(deltaTexts(cache.uncover(LISTED, 600_000))).toEqual(gone(fleeting));
});

test('CHG-21: no TTL runs out while its record is covered, and nothing is awaited', () => {
  const cache = coveredAt0(LISTED, ptr(IPP, `one.${IPP}`, 1));
  expect(cache.deadlineMs).toBeUndefined();
  expect(cache.tick(600_000)).toEqual([]);
  expect(cache.matching(LISTED)).toHaveLength(1);
});

test('CHG-21: once cover ends, a record is gone when its TTL has run out from then on', () => {
  const brief = ptr(IPP, `one.${IPP}`, 5);
  const cache = coveredAt0(LISTED, brief, ptr(IPP, `two.${IPP}`, 60));
  cache.uncover(LISTED, 100_000);
  expect(cache.deadlineMs).toBe(105_000);
  expect(cache.tick(104_999)).toEqual([]);
  expect(deltaTexts(cache.tick(105_000))).toEqual(gone(brief));
  expect(cache.deadlineMs).toBe(160_000);
});

test('CHG-21: what another subscription covers does not age', () => {
  const cache = coveredAt0(LISTED, ptr(IPP, `one.${IPP}`, 5));
  cache.cover(EVERYTHING, 0);
  cache.uncover(LISTED, 0);
  expect(cache.deadlineMs).toBeUndefined();
  cache.uncover(EVERYTHING, 1_000);
  expect(cache.deadlineMs).toBe(6_000);
});

test('CHG-21: ageing ends when a record is covered and announced again', () => {
  const cache = coveredAt0(LISTED, ptr(IPP, `one.${IPP}`, 5));
  cache.uncover(LISTED, 0);
  cache.cover(LISTED, 1_000);
  push(cache, 1_000, ptr(IPP, `one.${IPP}`, 5));
  expect(cache.tick(600_000)).toEqual([]);
});

test('the end of what is not covered is no event', () => {
  const cache = coveredAt0(LISTED, ONE);
  expect(cache.uncover(EVERYTHING, 0)).toEqual([]);
  expect(cache.uncover(question('x.test', RecordType.A), 0)).toEqual([]);
  expect(cache.deadlineMs).toBeUndefined();
});

test('CHG-16: what comes before a subscription is accepted is not taken', () => {
  const cache = coveredAt0(LISTED, ONE);
  cache.uncover(LISTED, 0);
  expect(push(cache, 0, TWO)).toEqual([]);
  cache.cover(LISTED, 10);
  expect(cache.matching(LISTED)).toEqual([ONE]);
});

test('CHG-22: of three from before, the one that is not announced again goes when all is quiet, and no other', () => {
  const cache = coveredAt0(LISTED, ONE, TWO, THREE);
  cache.uncover(LISTED, 1_000);
  cache.cover(LISTED, 5_000);
  push(cache, 5_500, ONE);
  push(cache, 6_000, THREE);
  expect(cache.tick(6_000 + SETTLE_QUIET_MS - 1)).toEqual([]);
  expect(deltaTexts(cache.tick(6_000 + SETTLE_QUIET_MS))).toEqual(gone(TWO));
  expect(cache.tick(600_000)).toEqual([]);
});

test('CHG-22: the deadline leads to the settling, whatever was announced meanwhile', () => {
  const cache = coveredAt0(LISTED, ONE, TWO);
  cache.uncover(LISTED, 0);
  cache.cover(LISTED, 0);
  push(cache, 1_500, ONE);
  const told: string[] = [];
  for (let nowMs = cache.deadlineMs; nowMs !== undefined; nowMs = cache.deadlineMs) {
    told.push(...deltaTexts(cache.tick(nowMs)).map((text) => `${nowMs} ${text}`));
  }
  expect(told).toEqual([`${1_500 + SETTLE_QUIET_MS} ${gone(TWO)[0]}`]);
});

test('CHG-22: a subscription that is never quiet settles in the end', () => {
  const cache = coveredAt0(LISTED, ONE);
  cache.uncover(LISTED, 0);
  cache.cover(LISTED, 0);
  for (let nowMs = 0; nowMs < SETTLE_LIMIT_MS; nowMs += 1_000) {
    push(cache, nowMs, ptr(IPP, `busy-${nowMs}.${IPP}`));
    expect(cache.tick(nowMs)).toEqual([]);
  }
  expect(deltaTexts(cache.tick(SETTLE_LIMIT_MS))).toEqual(gone(ONE));
});

test('CHG-22: what is removed while it is checked goes then', () => {
  const cache = coveredAt0(LISTED, ONE);
  cache.uncover(LISTED, 0);
  cache.cover(LISTED, 0);
  expect(deltaTexts(cache.apply([{ kind: 'remove', record: ONE }], 500))).toEqual(gone(ONE));
  expect(cache.tick(SETTLE_LIMIT_MS)).toEqual([]);
});

test('CHG-22: a second subscription that overlaps puts nothing in doubt', () => {
  const cache = coveredAt0(LISTED, ONE);
  cache.cover(EVERYTHING, 1_000);
  expect(cache.tick(600_000)).toEqual([]);
});

test('CHG-22: a check outlives the subscription that made it, as long as another covers the records', () => {
  const cache = coveredAt0(LISTED, ONE, TWO);
  cache.uncover(LISTED, 0);
  cache.cover(LISTED, 0);
  cache.cover(EVERYTHING, 1_000);
  push(cache, 1_200, TWO);
  expect(cache.uncover(LISTED, 1_500)).toEqual([]);
  expect(deltaTexts(cache.tick(1_200 + SETTLE_QUIET_MS))).toEqual(gone(ONE));
});

test('covering a question again puts all that it covers in doubt again', () => {
  const cache = coveredAt0(LISTED, ONE, TWO);
  cache.cover(LISTED, 60_000);
  push(cache, 60_000, TWO);
  expect(deltaTexts(cache.tick(60_000 + SETTLE_QUIET_MS))).toEqual(gone(ONE));
});

test('CHG-22: what a subscription told is in doubt when it ends, but not what goes with it or what another covers', () => {
  const fleeting = ptr(IPP, `fleeting.${IPP}`, 0);
  const cache = coveredAt0(LISTED, ONE, TWO, fleeting);
  cache.cover(EVERYTHING, 0);
  expect(cache.uncover(LISTED, 1_000)).toEqual([]);
  expect(deltaTexts(cache.uncover(EVERYTHING, 2_000))).toEqual(
    [...gone(fleeting), ...doubted(ONE, TWO)].toSorted(),
  );
});

test('CHG-22: what is in doubt is confirmed when it is announced again, once, and not by a subscription alone', () => {
  const cache = coveredAt0(LISTED, ONE, TWO);
  cache.uncover(LISTED, 0);
  expect(cache.cover(LISTED, 1_000)).toEqual([]);
  expect(push(cache, 1_500, ONE)).toEqual(confirmed(ONE));
  expect(push(cache, 1_600, ONE)).toEqual([]);
});

test('CHG-22: a record that is confirmed with another TTL is confirmed with that, and one in other letters comes anew', () => {
  const cache = coveredAt0(LISTED, ONE, TWO);
  cache.uncover(LISTED, 0);
  cache.cover(LISTED, 0);
  const [longer, louder] = [ptr(IPP, `one.${IPP}`, 4500), ptr(IPP, `TWO.${IPP}`)];
  expect(push(cache, 0, longer)).toEqual(confirmed(longer));
  expect(push(cache, 0, louder)).toEqual([...gone(TWO), ...signed('+')(louder)].toSorted());
});

test('CHG-22: covering a question again tells what it puts in doubt', () => {
  const cache = coveredAt0(LISTED, ONE);
  expect(deltaTexts(cache.cover(LISTED, 60_000))).toEqual(doubted(ONE));
});

test('names of nothing but a past subscription are forgotten', () => {
  const cache = new ZoneCache();
  const asked = question('h.test', RecordType.A);
  cache.cover(asked, 0);
  push(cache, 0, a('h.test', '10.0.0.1', 1));
  cache.uncover(asked, 0);
  cache.tick(1_000);
  expect(cache.nameCount).toBe(0);
});
