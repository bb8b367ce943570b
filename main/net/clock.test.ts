import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from './clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a wait of more than 2^31 - 1 ms is not over at once', () => {
  const called = vi.fn<() => void>();
  systemClock.at(systemClock.nowMs() + 0xfffffffe, called);

  vi.advanceTimersByTime(0xfffffffd);
  expect(called).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(called).toHaveBeenCalledOnce();
});

test('a deadline that has passed is called back soon, but not within the call', () => {
  const called = vi.fn<() => void>();
  systemClock.at(systemClock.nowMs() - 5, called);

  expect(called).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(called).toHaveBeenCalledOnce();
});

test('a timer that fires early is waited for again', () => {
  const called = vi.fn<() => void>();
  const now = vi.spyOn(performance, 'now').mockReturnValue(0);
  systemClock.at(1000, called);

  now.mockReturnValue(999.4);
  vi.advanceTimersByTime(1000);
  expect(called).not.toHaveBeenCalled();
  now.mockReturnValue(1000.2);
  vi.advanceTimersByTime(1);
  expect(called).toHaveBeenCalledOnce();
});

test('a wait that was called off, twice even, never calls back', () => {
  const called = vi.fn<() => void>();
  const stop = systemClock.at(systemClock.nowMs() + 2 ** 33, called);
  vi.advanceTimersByTime(2 ** 32);
  stop();
  stop();

  vi.advanceTimersByTime(2 ** 33);
  expect(called).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

test('a deadline of Infinity needs no timer, one that is no number is refused', () => {
  systemClock.at(Infinity, () => undefined)();
  expect(vi.getTimerCount()).toBe(0);
  expect(() => systemClock.at(NaN, () => undefined)).toThrow(TypeError);
});
