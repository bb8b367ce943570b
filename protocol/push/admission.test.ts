import { expect, test } from 'vitest';
import type { AdmissionLimits } from './admission.ts';
import { Admission } from './admission.ts';

const LIMITS: AdmissionLimits = { maxSessions: 5, sessionsPerSecond: 10, burst: 3, minDelayMs: 5_000 };

function admission(limits: Partial<AdmissionLimits> = {}, random = (): number => 0): Admission {
  return new Admission({ ...LIMITS, ...limits }, random);
}

test('as many are let in at once as there is room for, then as many a second as the rate says', () => {
  const door = admission({ maxSessions: 100 });
  const lets = (nowMs: number): boolean => door.arrived(nowMs) === undefined;
  expect([0, 0, 0, 0].map(lets)).toEqual([true, true, true, false]);
  expect([100, 100, 200].map(lets)).toEqual([true, false, true]);
  expect([60_000, 60_000, 60_000, 60_000].map(lets)).toEqual([true, true, true, false]);
});

test('no more sessions than the limit are let in, until one has gone', () => {
  const door = admission({ burst: 100 });
  expect([1, 2, 3, 4, 5, 6].map((nowMs) => door.arrived(nowMs) === undefined)).toEqual([
    true,
    true,
    true,
    true,
    true,
    false,
  ]);
  door.left();
  expect(door.arrived(7)).toBeUndefined();
  expect(door.arrived(8)).toBeGreaterThan(0);
});

test('those who are sent away get places in a queue that moves no faster than clients are let in', () => {
  const door = admission({ maxSessions: 0 });
  expect([0, 0, 0, 1_000].map((nowMs) => nowMs + door.arrived(nowMs)!)).toEqual([5_000, 5_125, 5_250, 6_000]);
});

test('RFC 8490 §6.6.3: the server adds the jitter that its clients must not add', () => {
  const drawn = [0, 0.25, 0.999];
  const door = admission({}, () => drawn.shift()!);
  expect([0, 0, 0].map((nowMs) => door.delayMs(nowMs))).toEqual([5_000, 5_125 + 1_250, 5_250 + 4_995]);
});

test('a queue that takes more than an hour sends nobody away for longer', () => {
  const door = admission({ sessionsPerSecond: 0.001 });
  for (let client = 0; client < 10; client++) door.delayMs(0);
  expect(door.delayMs(0)).toBe(3_600_000);
});
