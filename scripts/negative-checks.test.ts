import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { negativeChecks } from './negative-checks.mjs';

test('a file that compiles, and one that fails for another reason than expected, turn a negative check red', async () => {
  fs.mkdirSync('out', { recursive: true });
  const folder = fs.mkdtempSync(path.resolve('out/negative-checks-'));
  const layer = 'protocol/wire';
  const results = await negativeChecks(folder, [
    { title: 'compiles', layer, source: 'export const one = 1;', code: 'TS2304' },
    { title: 'other reason', layer, source: 'export const one: string = 1;', code: 'TS2304' },
    { title: 'as expected', layer, source: 'export const one: string = 1;', code: 'TS2322' },
  ]);
  fs.rmSync(folder, { recursive: true });
  expect(results.map(({ title, passed }) => ({ title, passed }))).toEqual([
    { title: 'compiles', passed: false },
    { title: 'other reason', passed: false },
    { title: 'as expected', passed: true },
  ]);
});
