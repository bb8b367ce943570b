import { expect, test } from 'vitest';
import type { Figure, Goal } from './figure.ts';
import { figureJson, holds, medianFigure } from './figure.ts';

function figure(value: number, reference: number, goal: Goal): Figure {
  const what = { id: 'B0', name: 'a thing', unit: 'ms', goal };
  return medianFigure(what, [value], { name: 'another thing', samples: [reference] });
}

test.each([
  [{ of: 'ratio', bound: 'at least', limit: 2 }, 4, 2, true],
  [{ of: 'ratio', bound: 'at least', limit: 2 }, 3.99, 2, false],
  [{ of: 'ratio', bound: 'at most', limit: 2 }, 4, 2, true],
  [{ of: 'ratio', bound: 'at most', limit: 2 }, 4.01, 2, false],
  [{ of: 'value', bound: 'at most', limit: 50 }, 50, 1, true],
  [{ of: 'value', bound: 'at most', limit: 50 }, 50.1, 1000, false],
  [{ of: 'value', bound: 'at least', limit: 1 }, 1, 0.1, true],
] as const)('the goal %j holds of %d to a reference of %d: %s', (goal, value, reference, expected) => {
  expect(holds(figure(value, reference, goal))).toBe(expected);
});

test('value and reference are medians, and the spread is that of the value', () => {
  const goal = { of: 'ratio', bound: 'at least', limit: 2 } as const;
  const what = { id: 'B0', name: 'a thing', unit: 'ms', goal };

  expect(medianFigure(what, [9, 1, 5], { name: 'another thing', samples: [2, 100, 1] })).toMatchObject({
    value: 5,
    spread: { median: 5, min: 1, max: 9 },
    reference: { name: 'another thing', value: 2 },
  });
});

test('as JSON a figure has exactly the eight keys that programs read, rounded to four digits', () => {
  expect(figureJson(figure(1.234567, 3, { of: 'value', bound: 'at most', limit: 50 }))).toEqual({
    id: 'B0',
    name: 'a thing',
    value: 1.235,
    unit: 'ms',
    reference: 3,
    ratio: 0.4115,
    goal: '≤ 50 ms',
    holds: true,
  });
});

test('a goal of the ratio is written as one', () => {
  const { goal } = figureJson(figure(1, 1, { of: 'ratio', bound: 'at least', limit: 2 }));

  expect(goal).toBe('ratio ≥ 2');
});
