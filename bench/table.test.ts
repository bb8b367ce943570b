import { expect, test } from 'vitest';
import { medianFigure } from './figure.ts';
import { figureTable, readable } from './table.ts';

const FIGURES = [
  medianFigure(
    {
      id: 'B1',
      name: 'decode a small message',
      unit: 'M RR/s',
      goal: { of: 'ratio', bound: 'at least', limit: 2 },
    },
    [2, 2.5, 2.25],
    { name: 'dns-packet', samples: [1] },
  ),
  medianFigure(
    { id: 'B9', name: 'longest block', unit: 'ms', goal: { of: 'value', bound: 'at most', limit: 50 } },
    [1234.5],
    { name: 'dns-packet', samples: [100] },
  ),
];

test('every figure is a line under the headings, numbers flush right, and the references stand below', () => {
  expect(figureTable(FIGURES)).toBe(
    [
      'id  figure                  median    min–max  unit    reference  ratio  goal       holds',
      'B1  decode a small message    2.25  2.00–2.50  M RR/s       1.00   2.25  ratio ≥ 2  yes',
      'B9  longest block             1235  1235–1235  ms            100   12.3  ≤ 50 ms    no',
      '',
      'B1 is held against dns-packet.',
      'B9 is held against dns-packet.',
      '',
    ].join('\n'),
  );
});

test.each([
  [0, '0.00'],
  [0.01234, '0.0123'],
  [1.005, '1.00'],
  [12.34, '12.3'],
  [999.6, '1000'],
  [123_456, '123456'],
])('%d is written as %s', (value, text) => {
  expect(readable(value)).toBe(text);
});
