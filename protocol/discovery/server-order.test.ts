import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import type { Srv } from '../wire/rdata.ts';
import { orderServers } from './servers.ts';

function server(name: string, priority: number, weight: number): Srv {
  return { priority, weight, port: 853, target: Name.of(name) };
}

/** Numbers from 0 up to 1 that are the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function countFirst(srvs: readonly Srv[], runs: number): Readonly<Record<string, number>> {
  const random = seeded(2782);
  const counts: Record<string, number> = {};
  for (let run = 0; run < runs; run++) {
    const first = orderServers(srvs, random)[0]!.target.toString();
    counts[first] = (counts[first] ?? 0) + 1;
  }
  return counts;
}

test('DISC-09: in 1000 runs weights 30 to 10 come first three times to one', () => {
  const counts = countFirst([server('light', 10, 10), server('heavy', 10, 30)], 1000);

  expect(counts['heavy.']).toBeGreaterThan(700);
  expect(counts['heavy.']).toBeLessThan(800);
  expect(counts['light.']).toBe(1000 - counts['heavy.']!);
});

test('DISC-09: a higher priority number is tried last, whatever its weight', () => {
  const random = seeded(1);
  const srvs = [server('last', 20, 65_535), server('b', 10, 1), server('c', 10, 3)];
  for (let run = 0; run < 1000; run++) expect(orderServers(srvs, random)[2]!.target.toString()).toBe('last.');
});

test('DISC-09: weight 0 beside a real weight has a very small chance to be first', () => {
  const counts = countFirst([server('heavy', 0, 999), server('zero', 0, 0)], 10_000);

  expect(counts['zero.']).toBeGreaterThan(0);
  expect(counts['zero.']).toBeLessThan(40);
});

test.each([
  [0, ['zero.', 'one.', 'three.']],
  [0.999_999, ['three.', 'one.', 'zero.']],
])('DISC-09: the draw %d takes the first running sum that is not below it', (drawn, expected) => {
  const srvs = [server('one', 0, 1), server('zero', 0, 0), server('three', 0, 3)];

  expect(orderServers(srvs, () => drawn).map(({ target }) => target.toString())).toEqual(expected);
});

test('DISC-09: whatever the weights and the draws, every server is there once and priorities ascend', () => {
  const u16 = fc.nat(0xffff);
  const srvs = fc.array(
    fc.record({ priority: u16, weight: u16, port: u16, target: fc.constant(Name.of('x')) }),
  );
  const draws = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));
  const ordered = fc.property(srvs, draws, (given, stream) => {
    const result = orderServers(given, () => stream.next().value as number);
    expect(result).toHaveLength(given.length);
    expect(new Set(result)).toEqual(new Set(given));
    expect(result.map(({ priority }) => priority)).toEqual(
      given.map(({ priority }) => priority).sort((x, y) => x - y),
    );
  });
  fc.assert(ordered, { seed: 2782 });
});
