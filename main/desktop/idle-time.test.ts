import { beforeEach, expect, test } from 'vitest';
import { VirtualClock } from '../net/virtual-clock.ts';
import { IdleTime } from './idle-time.ts';

const TEN_MINUTES_MS = 600_000;

let clock: VirtualClock;
let inputMs: number;
/** How often the system was asked. */
let asked: number;
/** Each turn with its second. */
let told: string[];
let idle: IdleTime;

beforeEach(() => {
  clock = new VirtualClock();
  inputMs = clock.nowMs();
  asked = 0;
  told = [];
  const startMs = clock.nowMs();
  idle = new IdleTime({
    clock,
    idleSeconds: () => {
      asked += 1;
      return Math.floor((clock.nowMs() - inputMs) / 1000);
    },
    attention: ({ kind }) => {
      if (told.at(-1)?.split(' ')[1] !== kind) told.push(`${(clock.nowMs() - startMs) / 1000} ${kind}`);
    },
  });
});

test('a computer that nobody uses is told of when the time is over, and somebody who is back within two seconds', () => {
  idle.follow({ pauseOnIdle: true, idleMinutes: 10 });
  clock.advance(300_000);
  inputMs = clock.nowMs();
  clock.advance(TEN_MINUTES_MS);
  expect(told).toEqual(['0 active', '900 idle']);
  clock.advance(60_500);
  inputMs = clock.nowMs();
  clock.advance(2_000);
  expect(told).toEqual(['0 active', '900 idle', '962 active']);
});

test('a computer that is used is asked once in the time, and not at all where nobody wants to know', () => {
  idle.follow({ pauseOnIdle: false, idleMinutes: 10 });
  clock.advance(TEN_MINUTES_MS);
  expect([asked, clock.waiting]).toEqual([0, 0]);
  idle.follow({ pauseOnIdle: true, idleMinutes: 10 });
  for (let minute = 0; minute < 60; minute += 1) {
    inputMs = clock.nowMs();
    clock.advance(60_000);
  }
  expect(asked).toBeLessThanOrEqual(8);
});

test('what the user chooses holds at once, and ends what follows from the time without input', () => {
  idle.follow({ pauseOnIdle: true, idleMinutes: 10 });
  clock.advance(120_000);
  idle.follow({ pauseOnIdle: true, idleMinutes: 2 });
  idle.follow({ pauseOnIdle: false, idleMinutes: 2 });
  expect(told).toEqual(['0 active', '120 idle', '120 active']);
  expect(clock.waiting).toBe(0);
});

test('nothing is asked once it is closed', () => {
  idle.follow({ pauseOnIdle: true, idleMinutes: 10 });
  idle.close();
  expect(clock.waiting).toBe(0);
});
