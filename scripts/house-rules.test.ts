import { expect, test } from 'vitest';
import { violations } from './house-rules.mjs';

const silencers = [
  '// oxlint-' + 'disable-next-line',
  '/* eslint-' + 'disable */',
  '// @ts-' + 'ignore',
  '// prettier-' + 'ignore',
];

test.each(silencers)('a comment that silences a check is found with its line: %s', (comment) => {
  expect(violations('name.ts', `const one = 1;\n${comment}\n`)).toEqual([expect.stringMatching(/^2: /)]);
});

test.each(['utils.ts', 'helper.tsx', 'types.ts', 'index.ts'])('%s is no name for a file', (name) => {
  expect(violations(name, '')).toHaveLength(1);
});

test('a noun is', () => {
  expect(violations('zone-cache.ts', 'const one = 1;\n')).toEqual([]);
});
