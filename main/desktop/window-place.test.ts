import { expect, test } from 'vitest';
import { placeOnScreen } from './window-place.ts';

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const beside = { x: 1440, y: 0, width: 2560, height: 1440 };
const place = (x: number, y: number, width = 1000, height = 700) => ({
  x,
  y,
  width,
  height,
  isMaximized: false,
});

test('a window that was never anywhere is placed by the system', () => {
  expect(placeOnScreen(null, [laptop])).toBeNull();
});

test('a window on a screen stays where it was', () => {
  expect(placeOnScreen(place(100, 100), [laptop])).toEqual({ x: 100, y: 100, width: 1000, height: 700 });
  expect(placeOnScreen(place(1800, 200), [laptop, beside])).toEqual({
    x: 1800,
    y: 200,
    width: 1000,
    height: 700,
  });
});

test('a window that hangs over an edge is moved back onto the screen', () => {
  expect(placeOnScreen(place(900, -300), [laptop])).toEqual({ x: 440, y: 25, width: 1000, height: 700 });
});

test('a window larger than the screen is shrunk to it, but not below what may be', () => {
  expect(placeOnScreen(place(0, 25, 4000, 3000), [laptop])).toEqual(laptop);
  expect(placeOnScreen(place(0, 0, 300, 200), [laptop])).toMatchObject({ width: 720, height: 480 });
});

test('a window whose screen is gone is placed by the system', () => {
  expect(placeOnScreen(place(1800, 200), [laptop])).toBeNull();
});
