import { expect, test } from 'vitest';
import { quantile, spreadOf } from './statistics.ts';

test('the median of an even number of samples lies between the middle two, whatever their order', () => {
  expect(spreadOf([40, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 40 });
});

test('a single sample is its own median, least and greatest', () => {
  expect(spreadOf([7])).toEqual({ median: 7, min: 7, max: 7 });
});

test('the 99th percentile of a hundred and one samples leaves one sample above it', () => {
  const samples = Array.from({ length: 101 }, (_, at) => 100 - at);

  expect(quantile(samples, 0.99)).toBe(99);
});

test('samples are compared as numbers, not as text', () => {
  expect(quantile([9, 10, 100], 0.5)).toBe(10);
});

test('there is no quantile of nothing', () => {
  expect(() => spreadOf([])).toThrow(RangeError);
});
