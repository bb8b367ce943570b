import fc from 'fast-check';
import { expect, test } from 'vitest';
import { question } from '../dnssd/testing/records.ts';
import { RecordType } from '../wire/registry.ts';
import { Polling, pollSeconds } from './polling.ts';

const TYPES = question('_services._dns-sd._udp.test', RecordType.PTR);
const HOST = question('h.test', RecordType.A);

test('POLL-01: no RRset is asked for again before the least of 900 s and its TTL plus 2 s', () => {
  fc.assert(
    fc.property(fc.nat({ max: 0x7fffffff }), (ttlSeconds) => {
      const seconds = pollSeconds(ttlSeconds);
      expect(seconds).toBeGreaterThanOrEqual(Math.min(900, ttlSeconds + 2));
      expect(seconds).toBeLessThanOrEqual(900);
    }),
  );
});

test.each([
  [0, 60],
  [10, 60],
  [58, 60],
  [59, 61],
  [120, 122],
  [897, 899],
  [898, 900],
  [3600, 900],
])('POLL-01: what lives for %i s is asked for every %i s', (ttlSeconds, seconds) => {
  expect(pollSeconds(ttlSeconds)).toBe(seconds);
});

test('a question that is polled for is to be asked at once, and once', () => {
  const polling = new Polling();
  expect(polling.add(TYPES)).toBe(true);
  expect(polling.add(TYPES)).toBe(false);
  expect(polling.deadlineMs).toBeUndefined();
  expect(polling.take(1_000_000)).toEqual([]);
});

test('POLL-01: a question that is polled for again before its answer is due waits for that, as if nobody had looked away', () => {
  const polling = new Polling();
  polling.add(HOST);
  polling.answered(HOST, 120, 0);
  const left = polling.delete(HOST);
  expect(left).toEqual({ dueMs: 122_000, seconds: 122 });
  expect(polling.deadlineMs).toBeUndefined();
  expect(polling.add(HOST, left)).toBe(false);
  expect(polling.deadlineMs).toBe(127_000);
  expect(polling.everySeconds).toBe(122);
  expect(polling.take(127_000)).toEqual([HOST]);
});

test('a question that had no answer, or has not had it yet, is asked at once when somebody wants to know again', () => {
  const polling = new Polling();
  polling.add(HOST);
  expect(polling.delete(HOST)).toBeUndefined();
  polling.add(HOST);
  polling.failed(HOST, 0);
  expect(polling.delete(HOST)).toBeUndefined();
  expect(polling.delete(TYPES)).toBeUndefined();
});

test('what falls due within 5 s of the first is asked in one round', () => {
  const polling = new Polling();
  polling.add(TYPES);
  polling.add(HOST);
  polling.answered(TYPES, 120, 0);
  polling.answered(HOST, 120, 5_000);
  expect(polling.deadlineMs).toBe(127_000);
  expect(polling.take(127_000)).toEqual([TYPES, HOST]);
  expect(polling.deadlineMs).toBeUndefined();
});

test('POLL-01: what is not due yet is not asked although a round is', () => {
  const polling = new Polling();
  polling.add(TYPES);
  polling.add(HOST);
  polling.answered(TYPES, 120, 0);
  polling.answered(HOST, 120, 5_001);
  expect(polling.take(127_000)).toEqual([TYPES]);
  expect(polling.deadlineMs).toBe(132_001);
});

test('what has no answer is asked again after a minute, then ever later, up to a quarter of an hour', () => {
  const polling = new Polling();
  polling.add(TYPES);
  const waits: number[] = [];
  for (let nowMs = 0, times = 0; times < 6; times++) {
    polling.failed(TYPES, nowMs);
    waits.push((polling.deadlineMs! - nowMs - 5_000) / 1000);
    nowMs = polling.deadlineMs!;
    expect(polling.take(nowMs)).toEqual([TYPES]);
  }
  expect(waits).toEqual([60, 120, 240, 480, 900, 900]);
});

test('an answer makes a failure the first again', () => {
  const polling = new Polling();
  polling.add(TYPES);
  polling.failed(TYPES, 0);
  polling.failed(TYPES, 0);
  polling.answered(TYPES, 100, 0);
  polling.failed(TYPES, 0);
  expect(polling.deadlineMs).toBe(65_000);
});

test('what is polled for no longer is not due, and its late answer means nothing', () => {
  const polling = new Polling();
  polling.add(TYPES);
  polling.answered(TYPES, 120, 0);
  polling.delete(TYPES);
  polling.delete(TYPES);
  polling.answered(TYPES, 120, 0);
  expect(polling.has(TYPES)).toBe(false);
  expect(polling.deadlineMs).toBeUndefined();
  expect(polling.take(1_000_000)).toEqual([]);
});

test('a domain is asked as often as the shortest of its answers lives', () => {
  const polling = new Polling();
  expect(polling.everySeconds).toBeUndefined();
  polling.add(TYPES);
  polling.add(HOST);
  polling.answered(TYPES, 4500, 0);
  expect(polling.everySeconds).toBe(900);
  polling.answered(HOST, 120, 0);
  expect(polling.everySeconds).toBe(122);
});
