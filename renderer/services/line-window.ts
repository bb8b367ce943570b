import type { ServiceRow } from '../../main/contract/api.ts';
import type { MAX_ROWS_ON_SCREEN } from '../../main/contract/view.ts';
import type { ServiceGroup } from './grouping.ts';
import type { Layout, LineHeights } from './layout.ts';

/** Which lines are on the screen. */
export interface LineWindow {
  readonly first: number;
  readonly last: number;
}

/** A group, of which some lines are to be in the document. */
export interface Section {
  readonly group: ServiceGroup;
  /** The number of its heading's line. */
  readonly start: number;
  /** The services to render, by the number of their lines. */
  readonly services: readonly (readonly [index: number, row: ServiceRow])[];
}

/** Lines kept beyond either edge, so that a quick scroll shows no gap. */
const OVERSCAN = 6;
/** As many as a view may name; more than the largest screen holds. */
const MOST_ON_SCREEN: typeof MAX_ROWS_ON_SCREEN = 400;

/** The window on `layout` of a screen of `heightPx` whose top lies `topPx` below the list's, in CSS pixels. */
export function lineWindow(
  layout: Layout,
  topPx: number,
  heightPx: number,
  heights: LineHeights,
): LineWindow {
  return {
    first: layout.indexAtOffset(topPx, heights),
    last: layout.indexAtOffset(topPx + heightPx, heights),
  };
}

/**
 * The groups to have in the document, with their services in the window, a few around it, and the one that takes the
 * keyboard (-1 for none).
 */
export function sectionsToRender(layout: Layout, window: LineWindow, active: number): readonly Section[] {
  const from = Math.max(0, window.first - OVERSCAN);
  const to = Math.min(layout.count - 1, window.last + OVERSCAN);
  const lines = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
  if (active >= 0 && active < from) lines.unshift(active);
  if (active > to && active < layout.count) lines.push(active);

  const sections: { group: ServiceGroup; start: number; services: [number, ServiceRow][] }[] = [];
  for (const index of lines) {
    const line = layout.line(index);
    if (line === undefined) continue;
    let section = sections.at(-1);
    if (section?.group !== line.group) {
      section = { group: line.group, start: layout.headingOf(index), services: [] };
      sections.push(section);
    }
    if (line.kind === 'service') section.services.push([index, line.row]);
  }
  return sections;
}

/** The ids of the services in the window, and of a few around it. */
export function idsInWindow(layout: Layout, window: LineWindow): readonly string[] {
  const ids: string[] = [];
  for (
    let index = window.first - OVERSCAN;
    index <= window.last + OVERSCAN && ids.length < MOST_ON_SCREEN;
    index += 1
  ) {
    const line = layout.line(index);
    if (line?.kind === 'service') ids.push(line.row.id);
  }
  return ids;
}

/** The scroll position from which the line is wholly seen below the heading on top; `topPx` itself where it is already. */
export function topToShow(
  layout: Layout,
  index: number,
  topPx: number,
  heightPx: number,
  heights: LineHeights,
): number {
  const lineTopPx = layout.offsetPx(index, heights);
  const highest = lineTopPx - heights.headingPx;
  const lowest = lineTopPx + heights.servicePx - heightPx;
  return Math.min(highest, Math.max(lowest, topPx));
}
