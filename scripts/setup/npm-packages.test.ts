import { expect, test } from 'vitest';
import { outdated } from './npm-packages.mjs';

const REACT = { version: '19.3.1', integrity: 'sha512-a' };

test('an install that is what the lockfile says is not repeated', () => {
  const lockfile = { '': {}, 'node_modules/react': REACT };
  expect(outdated(lockfile, { 'node_modules/react': REACT })).toEqual([]);
});

test.each([
  ['is missing', {}],
  ['has another version', { 'node_modules/react': { ...REACT, version: '19.3.0' } }],
  ['has another content', { 'node_modules/react': { ...REACT, integrity: 'sha512-b' } }],
])('an install in which a package %s is outdated', (_, present) => {
  expect(outdated({ 'node_modules/react': REACT }, present)).toEqual(['node_modules/react']);
});

test('a package for another platform may be missing, but not be of another version', () => {
  const lockfile = { 'node_modules/@esbuild/win32-x64': { version: '2', optional: true } };
  expect(outdated(lockfile, {})).toEqual([]);
  expect(outdated(lockfile, { 'node_modules/@esbuild/win32-x64': { version: '1' } })).toHaveLength(1);
});
