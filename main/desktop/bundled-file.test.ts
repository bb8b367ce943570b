import path from 'node:path';
import { expect, test } from 'vitest';
import { bundledFile } from './bundled-file.ts';

const folder = path.resolve('/opt/herald/renderer');

test('an address names a file of the bundle, with its type', () => {
  expect(bundledFile('app://herald/index.html', folder)).toEqual({
    file: path.join(folder, 'index.html'),
    type: 'text/html; charset=utf-8',
  });
  expect(bundledFile('app://herald/assets/a%20b.js?v=1#top', folder)?.file).toBe(
    path.join(folder, 'assets/a b.js'),
  );
});

test.each([
  ['another host', 'app://elsewhere/index.html'],
  ['another scheme', 'https://herald/index.html'],
  ['no address', 'herald'],
  ['the folder itself', 'app://herald/'],
  ['a way out, encoded', 'app://herald/%2e%2e%2fsecret.html'],
  ['a way out, encoded twice over a folder', 'app://herald/assets/..%2f..%2f..%2fetc/secret.js'],
  ['a way out with backslashes', 'app://herald/..%5c..%5csecret.html'],
  ['a NUL', 'app://herald/index.html%00.js'],
  ['octets that are no text', 'app://herald/%ff.html'],
  ['a kind of file that no bundle has', 'app://herald/package.json'],
])('nothing else is served: %s', (_what, address) => {
  expect(bundledFile(address, folder)).toBeNull();
});
