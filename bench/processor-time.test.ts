import { expect, test } from 'vitest';
import { secondsIn } from './processor-time.ts';

test('user and system time are the fields 14 and 15, whatever the program is called', () => {
  const stat = '4711 (a) b (c) S 1 2 3 4 5 6 7 8 9 10 250 50 99 99 20 0';
  expect(secondsIn(stat, 100)).toBe(3);
});
