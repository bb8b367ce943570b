import { useLayoutEffect, useRef } from 'react';
import type { Layout, LineHeights } from './layout.ts';
import type { ScrollPosition } from './scroll-position.ts';

/** How many lines down from the top of the screen are looked at for one that is still there. */
const MAX_LOOKED_AT = 100;

/**
 * Keeps what is being read where it is: lines that come or go above the screen move the scroll position with them. A
 * list at its top stays there, and another view starts at the top.
 */
export function useKeptPlace(
  position: ScrollPosition,
  layout: Layout,
  heights: LineHeights,
  viewKey: string,
): void {
  const before = useRef({ layout, viewKey });
  useLayoutEffect(() => {
    const { layout: oldLayout, viewKey: oldKey } = before.current;
    before.current = { layout, viewKey };
    if (oldLayout === layout || position.topPx === 0) return;
    if (oldKey !== viewKey) {
      position.moveTo(0);
      return;
    }
    const moved = movedPx(oldLayout, layout, position.topPx, heights);
    if (moved !== 0) position.moveTo(position.topPx + moved);
  }, [position, layout, heights, viewKey]);
}

/** How far the first service at or below `topPx` that both layouts hold has moved down, in CSS pixels. */
export function movedPx(before: Layout, after: Layout, topPx: number, heights: LineHeights): number {
  const first = before.indexAtOffset(topPx, heights);
  for (let index = first; index < Math.min(before.count, first + MAX_LOOKED_AT); index += 1) {
    const line = before.line(index);
    const now = line?.kind === 'service' ? after.indexOf(line.row) : -1;
    if (now !== -1) return after.offsetPx(now, heights) - before.offsetPx(index, heights);
  }
  return 0;
}
