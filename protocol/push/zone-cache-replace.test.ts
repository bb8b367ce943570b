import fc from 'fast-check';
import { expect, test } from 'vitest';
import { a, cname, ptr, question } from '../dnssd/testing/records.ts';
import { deltaTexts, recordText } from '../dnssd/testing/show.ts';
import { RecordType } from '../wire/registry.ts';
import { ZoneCache } from './zone-cache.ts';

const IPP = '_ipp._tcp.test';
const LISTED = question(IPP, RecordType.PTR);
const [ONE, TWO, THREE] = [ptr(IPP, `one.${IPP}`), ptr(IPP, `two.${IPP}`), ptr(IPP, `three.${IPP}`)];

test('a whole answer takes the place of what was kept of its question, and only what differs is told', () => {
  const cache = new ZoneCache();
  expect(deltaTexts(cache.replace(LISTED, [ONE, TWO], 0))).toEqual(
    [`+ ${recordText(ONE)}`, `+ ${recordText(TWO)}`].toSorted(),
  );
  expect(deltaTexts(cache.replace(LISTED, [TWO, THREE], 60_000))).toEqual(
    [`- ${recordText(ONE)}`, `+ ${recordText(THREE)}`].toSorted(),
  );
  expect(cache.replace(LISTED, [TWO, THREE], 120_000)).toEqual([]);
});

test('what an answer told stands until the next, however short its TTL, and ages when it is uncovered', () => {
  const cache = new ZoneCache();
  cache.replace(LISTED, [ptr(IPP, `one.${IPP}`, 5)], 0);
  expect(cache.deadlineMs).toBeUndefined();
  expect(cache.uncover(LISTED, 100_000).map(({ kind }) => kind)).toEqual(['doubted']);
  expect(cache.deadlineMs).toBe(105_000);
});

test('an answer says all there is at once: nothing that outlived a subscription is checked for a while', () => {
  const cache = new ZoneCache();
  cache.cover(LISTED, 0);
  cache.apply([{ kind: 'add', record: ONE }], 0);
  cache.uncover(LISTED, 0);
  expect(deltaTexts(cache.replace(LISTED, [TWO], 1_000))).toEqual(
    [`- ${recordText(ONE)}`, `+ ${recordText(TWO)}`].toSorted(),
  );
  expect(cache.tick(600_000)).toEqual([]);
});

test('CHG-22: a subscription that takes over from an answer checks what that told', () => {
  const cache = new ZoneCache();
  cache.replace(LISTED, [ONE, TWO], 0);
  cache.cover(LISTED, 1_000);
  expect(deltaTexts(cache.apply([{ kind: 'add', record: ONE }], 1_000))).toEqual([`! ${recordText(ONE)}`]);
  expect(cache.tick(2_999)).toEqual([]);
  expect(deltaTexts(cache.tick(3_000))).toEqual([`- ${recordText(TWO)}`]);
});

test('CHG-22: an answer confirms what is in doubt', () => {
  const cache = new ZoneCache();
  cache.replace(LISTED, [ONE], 0);
  cache.uncover(LISTED, 0);
  expect(deltaTexts(cache.replace(LISTED, [ONE], 1_000))).toEqual([`! ${recordText(ONE)}`]);
  expect(cache.confirmed(LISTED)).toEqual([ONE]);
});

test('an answer about one type leaves the others alone, but for the alias, which is of all', () => {
  const cache = new ZoneCache();
  const [ipv4, alias] = [a('h.test', '192.0.2.1'), cname('h.test', 'i.test')];
  cache.replace(question('h.test', RecordType.A), [ipv4], 0);
  expect(cache.replace(question('h.test', RecordType.AAAA), [], 0)).toEqual([]);
  cache.replace(question('h.test', RecordType.AAAA), [alias], 0);
  expect(deltaTexts(cache.replace(question('h.test', RecordType.A), [], 0))).toEqual(
    [`- ${recordText(ipv4)}`, `- ${recordText(alias)}`].toSorted(),
  );
});

test('whatever answers come, what is kept is the last of them', () => {
  const records = fc.subarray([ONE, TWO, THREE]);
  fc.assert(
    fc.property(fc.array(fc.tuple(records, fc.boolean())), (answers) => {
      const cache = new ZoneCache();
      for (const [at, [answer, isLost]] of answers.entries()) {
        cache.replace(LISTED, answer, at * 1000);
        expect(new Set(cache.matching(LISTED))).toEqual(new Set(answer));
        if (isLost) cache.uncover(LISTED, at * 1000);
      }
    }),
  );
});
