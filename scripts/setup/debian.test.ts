import { expect, test } from 'vitest';
import { missingPackages, packagesFor } from './debian.mjs';

const LISTING = [
  'installed xauth ',
  'config-files xvfb ',
  'installed libgtk-3-0t64 libgtk-3-0 (= 3.24.41-4), gtk3',
].join('\n');

test('a package counts as installed under its own name or under one that another provides', () => {
  expect(missingPackages(['xauth', 'libgtk-3-0', 'gtk3'], LISTING)).toEqual([]);
});

test('a package that is unknown, or removed with its configuration left behind, is missing', () => {
  expect(missingPackages(['xvfb', 'openbox'], LISTING)).toEqual(['xvfb', 'openbox']);
});

test('running needs Xvfb only without a display; testing always does', () => {
  expect(packagesFor('run', false)).not.toContain('xvfb');
  expect(packagesFor('run', true)).toContain('xvfb');
  expect(packagesFor('test', false)).toContain('xvfb');
});

test('the DNS lab needs name servers and tools, and nothing of a window; all tests need what it needs', () => {
  const forLab = packagesFor('lab', true);
  expect(forLab).toEqual(expect.arrayContaining(['bind9', 'bind9-dnsutils', 'unbound', 'knot']));
  expect(forLab).not.toContain('libgtk-3-0');
  expect(packagesFor('test', false)).toEqual(expect.arrayContaining([...forLab]));
});
