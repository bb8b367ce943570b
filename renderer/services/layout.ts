import type { ServiceRow } from '../../main/contract/api.ts';
import { compareGroups, positionOf, typeKey } from './grouping.ts';
import type { ServiceGroup } from './grouping.ts';

/** How high the two kinds of line are, in CSS pixels. */
export interface LineHeights {
  readonly headingPx: number;
  readonly servicePx: number;
}

/** One line of the list: the heading of a group, or a service. */
export type Line =
  | { readonly kind: 'group'; readonly group: ServiceGroup }
  | { readonly kind: 'service'; readonly group: ServiceGroup; readonly row: ServiceRow };

/**
 * The lines of the list, numbered from 0: each group's heading, then its services. Nothing is laid out in advance; a
 * line is found by halving, so a list of 100 000 costs what a list of ten does.
 */
export class Layout {
  readonly groups: readonly ServiceGroup[];
  /** Headings and services together. */
  readonly count: number;
  /** The line number of each group's heading. */
  readonly #starts: readonly number[];

  constructor(groups: readonly ServiceGroup[]) {
    const starts: number[] = [];
    let count = 0;
    for (const group of groups) {
      starts.push(count);
      count += 1 + group.rows.length;
    }
    this.groups = groups;
    this.count = count;
    this.#starts = starts;
  }

  /** The line of that number; undefined outside of the list. */
  line(index: number): Line | undefined {
    const at = this.#groupAt(index);
    const group = this.groups[at];
    const start = this.#starts[at];
    if (group === undefined || start === undefined || index >= this.count) return undefined;
    if (index === start) return { kind: 'group', group };
    const row = group.rows[index - start - 1];
    return row === undefined ? undefined : { kind: 'service', group, row };
  }

  /** The number of the heading that the line stands under. */
  headingOf(index: number): number {
    return this.#starts[this.#groupAt(index)] ?? 0;
  }

  /** The number of the row's line; -1 when the list does not hold this very row. */
  indexOf(row: ServiceRow): number {
    const type = typeKey(row);
    const at = this.groups.findIndex((group) => group.type === type);
    const group = this.groups[at];
    const start = this.#starts[at];
    if (group === undefined || start === undefined) return -1;
    const position = positionOf(group.rows, row);
    return group.rows[position]?.id === row.id ? start + 1 + position : -1;
  }

  /** The number of the row's line, or, where the list no longer holds it, of the service in its place; -1 of none. */
  nearest(row: ServiceRow): number {
    const here = { type: typeKey(row), typeName: row.typeName, category: row.category };
    const at = this.groups.findIndex((group) => compareGroups(group, here) >= 0);
    const group = this.groups[at];
    const start = this.#starts[at];
    if (group === undefined || start === undefined) return this.serviceFrom(this.count - 1, -1);
    if (group.type !== here.type) return start + 1;
    return start + 1 + Math.min(positionOf(group.rows, row), group.rows.length - 1);
  }

  /** The nearest line from `index` on that is a service, going in steps of `step`; -1 when there is none. */
  serviceFrom(index: number, step: 1 | -1): number {
    for (let at = Math.min(Math.max(index, 0), this.count - 1); at >= 0 && at < this.count; at += step) {
      if (this.line(at)?.kind === 'service') return at;
    }
    return -1;
  }

  /** How far below the list's top the line begins, in CSS pixels. */
  offsetPx(index: number, { headingPx, servicePx }: LineHeights): number {
    const headingsAbove = this.#groupAt(index - 1) + 1;
    return headingsAbove * headingPx + (index - headingsAbove) * servicePx;
  }

  /** The number of the line that lies `topPx` below the list's top. */
  indexAtOffset(topPx: number, heights: LineHeights): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.offsetPx(middle, heights) <= topPx) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  #groupAt(index: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] ?? 0) <= index) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
