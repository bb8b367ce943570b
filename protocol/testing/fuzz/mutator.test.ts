import { expect, test } from 'vitest';
import { hexOf } from '../../wire/text.ts';
import { mutant } from './mutator.ts';
import { Random } from './random.ts';

const OTHERS = [Uint8Array.of(1, 2, 3), new Uint8Array(5000)];

function mutants(octets: Uint8Array, seed: number): readonly Uint8Array[] {
  const random = new Random(seed);
  return random.times(500, () => mutant(octets, random, OTHERS));
}

test('the same seed makes the same mutants of the same octets', () => {
  const octets = Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7);
  expect(mutants(octets, 1).map(hexOf)).toEqual(mutants(octets, 1).map(hexOf));
  expect(mutants(octets, 1).map(hexOf)).not.toEqual(mutants(octets, 2).map(hexOf));
});

test('the octets themselves are left as they are, and nothing grows without end', () => {
  const octets = Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7);
  const all = mutants(octets, 3);
  expect(hexOf(octets)).toBe('0001020304050607');
  expect(Math.max(...all.map(({ length }) => length))).toBeLessThanOrEqual(4096);
  expect(new Set(all.map(hexOf)).size).toBeGreaterThan(400);
});

test('nothing at all can be a mutant, and have some', () => {
  const all = mutants(new Uint8Array(), 4);
  expect(all.some(({ length }) => length > 0)).toBe(true);
  expect(mutants(Uint8Array.of(7), 4).some(({ length }) => length === 0)).toBe(true);
});

test('numbers are spread over their whole range', () => {
  const random = new Random(9, 'a path', 1);
  const counts = Array.from({ length: 8 }, () => 0);
  for (let left = 8000; left > 0; left--) counts[random.below(8)]! += 1;
  expect(Math.min(...counts)).toBeGreaterThan(850);
  expect(Math.max(...counts)).toBeLessThan(1150);
});
