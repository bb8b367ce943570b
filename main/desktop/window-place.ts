import type { WindowPlace } from '../storage/settings.ts';

/** A rectangle of the screen, in its coordinates. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How large the browser window is before anybody resized it, and how small it may be made. */
export const FIRST_SIZE = { width: 1180, height: 760 };
export const MIN_SIZE = { width: 720, height: 480 };

/** How much of a window has to lie on a screen so that it can be seen and dragged. */
const MIN_SHOWN = { width: 120, height: 60 };

/**
 * Where to open the window: where it last was, moved and shrunk onto a screen that is there; null when it was never
 * anywhere or no screen shows enough of it, so that the system places it.
 */
export function placeOnScreen(last: WindowPlace | null, screens: readonly Area[]): Area | null {
  if (last === null) return null;
  const screen = screens.find((area) => {
    const shown = overlap(last, area);
    return shown.width >= MIN_SHOWN.width && shown.height >= MIN_SHOWN.height;
  });
  if (screen === undefined) return null;
  const width = Math.max(MIN_SIZE.width, Math.min(last.width, screen.width));
  const height = Math.max(MIN_SIZE.height, Math.min(last.height, screen.height));
  return {
    x: clamp(last.x, screen.x, screen.x + screen.width - width),
    y: clamp(last.y, screen.y, screen.y + screen.height - height),
    width,
    height,
  };
}

function overlap(a: Area, b: Area): { readonly width: number; readonly height: number } {
  return {
    width: Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
    height: Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
