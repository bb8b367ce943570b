import type { Spread } from './statistics.ts';
import { spreadOf } from './statistics.ts';

/** What a figure has to reach: itself, in its unit, or its ratio to the reference. */
export interface Goal {
  readonly of: 'value' | 'ratio';
  readonly bound: 'at least' | 'at most';
  readonly limit: number;
}

/** One measured figure with what it is held against. */
export interface Figure {
  /** The row of the table of goals: `B1`. */
  readonly id: string;
  readonly name: string;
  /** Of the value, its spread and the reference. */
  readonly unit: string;
  /** The median of the samples, unless the name says otherwise. */
  readonly value: number;
  readonly spread: Spread;
  /** The same measured of something else in the same run, in the same unit; `name` says of what. */
  readonly reference: { readonly name: string; readonly value: number };
  readonly goal: Goal;
}

/** A figure as programs read it. */
export interface FigureJson {
  readonly id: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly reference: number;
  readonly ratio: number;
  readonly goal: string;
  readonly holds: boolean;
}

/** A figure whose value and reference are the medians of their samples. */
export function medianFigure(
  what: Pick<Figure, 'id' | 'name' | 'unit' | 'goal'>,
  samples: readonly number[],
  reference: { readonly name: string; readonly samples: readonly number[] },
): Figure {
  const spread = spreadOf(samples);
  return {
    ...what,
    value: spread.median,
    spread,
    reference: { name: reference.name, value: spreadOf(reference.samples).median },
  };
}

/** The value as a multiple of the reference; 1 where they are equal, nothing to nothing too. */
export function ratioOf({ value, reference }: Figure): number {
  return value === reference.value ? 1 : value / reference.value;
}

/** Whether the goal is reached. */
export function holds(figure: Figure): boolean {
  const { of, bound, limit } = figure.goal;
  const reached = of === 'value' ? figure.value : ratioOf(figure);
  return bound === 'at least' ? reached >= limit : reached <= limit;
}

/** A goal in words: `ratio ≥ 2`, `≤ 50 ms`. */
export function goalText({ goal: { of, bound, limit }, unit }: Figure): string {
  const sign = bound === 'at least' ? '≥' : '≤';
  return of === 'ratio' ? `ratio ${sign} ${limit}` : `${sign} ${limit} ${unit}`;
}

/** The figure for `--json`, numbers rounded to four digits that count. */
export function figureJson(figure: Figure): FigureJson {
  const { id, name, value, unit, reference } = figure;
  return {
    id,
    name,
    value: rounded(value),
    unit,
    reference: rounded(reference.value),
    ratio: rounded(ratioOf(figure)),
    goal: goalText(figure),
    holds: holds(figure),
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
