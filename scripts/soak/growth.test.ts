import { expect, test } from 'vitest';
import type { Holding } from './growth.ts';
import { growth, holdingText, MOST_GROWTH } from './growth.ts';

const FIRST: Holding = { heap: 12_000_000, objects: 20_000, handles: 7, descriptors: 30 };

test('what stays within its bound has not grown', () => {
  expect(growth(FIRST, FIRST)).toEqual([]);
  expect(growth(FIRST, { heap: 1, objects: 1, handles: 1, descriptors: 1 })).toEqual([]);
  expect(growth({ ...FIRST, descriptors: undefined }, { ...FIRST, descriptors: undefined })).toEqual([]);
});

test.each(['heap', 'objects', 'handles', 'descriptors'] as const)('%s beyond its bound is told', (kind) => {
  const before = FIRST[kind] ?? 0;
  const most = { ...FIRST, [kind]: before + MOST_GROWTH[kind] };
  expect(growth(FIRST, most)).toEqual([]);
  const more = growth(FIRST, { ...most, [kind]: before + MOST_GROWTH[kind] + 1 });
  expect(more).toEqual([expect.stringContaining(`${kind}: ${before} became `)]);
});

test('a holding is one line', () => {
  expect(holdingText(FIRST)).toBe('heap 12.0 MB, 20000 objects, 7 handles, 30 file descriptors');
  expect(holdingText({ ...FIRST, descriptors: undefined })).toContain('unknown file descriptors');
});
