import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PictureFile, PictureFileError } from './picture-file.ts';

let folder = '';
const picture = (pixels: number[], png = vi.fn(() => new Uint8Array([1, ...pixels]))) => ({
  pixels: new Uint8Array(pixels),
  png,
});

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'herald-picture-'));
});

afterEach(() => fs.rmSync(folder, { recursive: true }));

test('a picture is written when it differs from the last, and made into a file only then', async () => {
  const file = new PictureFile(path.join(folder, 'a.png'));
  const same = picture([1, 2, 3]);
  expect(await file.keep(picture([1, 2, 3]))).toBe(true);
  expect(await file.keep(same)).toBe(false);
  expect(same.png).not.toHaveBeenCalled();
  expect(await file.keep(picture([1, 2, 4]))).toBe(true);
  expect([...fs.readFileSync(path.join(folder, 'a.png'))]).toEqual([1, 1, 2, 4]);
  expect(fs.readdirSync(folder)).toEqual(['a.png']);
});

test('a window that has painted nothing makes no picture', async () => {
  expect(await new PictureFile(path.join(folder, 'a.png')).keep(picture([]))).toBe(false);
  expect(fs.readdirSync(folder)).toEqual([]);
});

test('a file that cannot be written is told of in words', async () => {
  const file = new PictureFile(path.join(folder, 'no', 'a.png'));
  const error: unknown = await file.keep(picture([1])).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(PictureFileError);
  expect((error as Error).message).toContain('its folder does not exist');
});
