import { expect, test } from 'vitest';
import { service } from '../testing/rows.ts';
import { regroup } from './grouping.ts';
import { Layout } from './layout.ts';
import { lineWindow, sectionsToRender, topToShow } from './line-window.ts';
import { movedPx } from './use-kept-place.ts';

const heights = { headingPx: 36, servicePx: 30 };
const of = (type: string, ...names: string[]) => names.map((name) => service(name, { type }));
const layoutOf = (rows: ReturnType<typeof of>) => new Layout(regroup([], [], rows));
/** Lines: 0 heading, 1 A, 2 B, 3 heading, 4 C. */
const rows = [...of('_a._tcp', 'A', 'B'), ...of('_b._tcp', 'C')];
const layout = layoutOf(rows);
const told = (index: number): string | undefined => {
  const line = layout.line(index);
  return line?.kind === 'service' ? line.row.instance : line?.group.type;
};

test('each group is a heading and its services', () => {
  expect(layout.count).toBe(5);
  expect([-1, 0, 1, 2, 3, 4, 5].map(told)).toEqual([
    undefined,
    '_a._tcp',
    'A',
    'B',
    '_b._tcp',
    'C',
    undefined,
  ]);
});

test('a row’s line is found, and its heading', () => {
  expect(rows.map((row) => layout.indexOf(row))).toEqual([1, 2, 4]);
  expect(layout.indexOf(service('D', { type: '_b._tcp' }))).toBe(-1);
  expect(layout.indexOf(service('A', { type: '_c._tcp' }))).toBe(-1);
  expect([0, 2, 3, 4].map((index) => layout.headingOf(index))).toEqual([0, 0, 3, 3]);
});

test('a row that has gone leads to the one that took its place', () => {
  expect(layout.nearest(service('A', { type: '_a._tcp' }))).toBe(1);
  expect(layout.nearest(service('AB', { type: '_a._tcp' }))).toBe(2);
  expect(layout.nearest(service('Z', { type: '_a._tcp' }))).toBe(2);
  expect(layout.nearest(service('x', { type: '_aa._tcp' }))).toBe(4);
  expect(layout.nearest(service('x', { type: '_z._tcp' }))).toBe(4);
  expect(layout.nearest(service('x', { type: '_0._tcp' }))).toBe(1);
  expect(new Layout([]).nearest(service('x'))).toBe(-1);
});

test('offsets and lines belong together', () => {
  expect([0, 1, 2, 3, 4, 5].map((index) => layout.offsetPx(index, heights))).toEqual([
    0, 36, 66, 96, 132, 162,
  ]);
  expect([0, 35, 36, 95, 96, 161, 999].map((px) => layout.indexAtOffset(px, heights))).toEqual([
    0, 0, 1, 2, 3, 4, 4,
  ]);
});

test('an empty list has no lines', () => {
  const empty = layoutOf([]);
  expect([empty.count, empty.offsetPx(0, heights), empty.indexAtOffset(0, heights)]).toEqual([0, 0, 0]);
  expect(sectionsToRender(empty, lineWindow(empty, 0, 500, heights), -1)).toEqual([]);
});

test('10 000 services keep fewer than 60 lines in the document', () => {
  const many = layoutOf(of('_a._tcp', ...Array.from({ length: 10_000 }, (_, number) => `Row ${number}`)));
  const sections = sectionsToRender(many, lineWindow(many, 123_456, 680, heights), 5);
  const lines = sections.flatMap(({ services }) => services.map(([index]) => index));
  expect(lines.length).toBeLessThan(60);
  expect(lines[0]).toBe(5);
  const shownPx = lines.slice(1).map((index) => many.offsetPx(index, heights));
  expect(shownPx[0]).toBeLessThan(123_456);
  expect(shownPx.at(-1)).toBeGreaterThan(123_456 + 680);
});

test('sections hold their services under their headings', () => {
  const sections = sectionsToRender(layout, { first: 0, last: 4 }, -1);
  expect(
    sections.map(({ start, services }) => [start, services.map(([index, row]) => [index, row.instance])]),
  ).toEqual([
    [
      0,
      [
        [1, 'A'],
        [2, 'B'],
      ],
    ],
    [3, [[4, 'C']]],
  ]);
});

test('a line is scrolled to only where it is not seen, and clear of the heading on top', () => {
  expect(topToShow(layout, 2, 0, 200, heights)).toBe(0);
  expect(topToShow(layout, 4, 0, 100, heights)).toBe(62);
  expect(topToShow(layout, 1, 90, 100, heights)).toBe(0);
});

test('what is read stays in its place when lines come or go above it', () => {
  const more = layoutOf([...rows, ...of('_0._tcp', 'Z'), ...of('_a._tcp', 'AA')]);
  expect(movedPx(layout, more, 70, heights)).toBe(36 + 30 + 30);
  const fewer = layoutOf(rows.slice(1));
  expect(movedPx(layout, fewer, 70, heights)).toBe(-30);
});

test('where the line that is read has gone, the next one stays in its place', () => {
  const withoutB = layoutOf([...of('_a._tcp', 'A'), ...of('_b._tcp', 'C')]);
  expect(movedPx(layout, withoutB, 70, heights)).toBe(-30);
  expect(movedPx(layout, layoutOf(of('_z._tcp', 'Q')), 70, heights)).toBe(0);
});
