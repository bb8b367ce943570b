import type { Figure } from './figure.ts';
import { goalText, holds, ratioOf } from './figure.ts';

const HEADINGS = ['id', 'figure', 'median', 'min–max', 'unit', 'reference', 'ratio', 'goal', 'holds'];
/** Columns of numbers, set flush right. */
const NUMBERS: ReadonlySet<number> = new Set([2, 3, 5, 6]);

/** The figures as a table for people, one a line; below it what each reference is. */
export function figureTable(figures: readonly Figure[]): string {
  const rows = [HEADINGS, ...figures.map(cells)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) => row.map((cell, column) => set(cell, column, widths[column]!)).join('  '));
  const references = new Map(figures.map(({ id, reference }) => [`${id} ${reference.name}`, reference.name]));
  const notes = [...references].map(([key, name]) => `${key.split(' ')[0]} is held against ${name}.`);
  return `${[...lines.map((line) => line.trimEnd()), '', ...notes].join('\n')}\n`;
}

/** A number as people read it: three digits that count, and never as a power of ten. */
export function readable(value: number): string {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toFixed(Math.min(digits, 4));
}

function cells(figure: Figure): readonly string[] {
  const { id, name, value, spread, unit, reference } = figure;
  return [
    id,
    name,
    readable(value),
    `${readable(spread.min)}–${readable(spread.max)}`,
    unit,
    readable(reference.value),
    readable(ratioOf(figure)),
    goalText(figure),
    holds(figure) ? 'yes' : 'no',
  ];
}

function set(cell: string, column: number, width: number): string {
  return NUMBERS.has(column) ? cell.padStart(width) : cell.padEnd(width);
}
