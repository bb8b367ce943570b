import { expect, test } from 'vitest';
import { changeSentence } from './announcer.tsx';

test('what came and went is one sentence', () => {
  expect(changeSentence(3, 1)).toBe('3 services appeared, 1 service left.');
  expect(changeSentence(0, 2)).toBe('2 services left.');
  expect(changeSentence(0, 0)).toBe('');
});
