import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { removeLeftovers, writeAtomically } from './atomic-file.ts';
import { fileProblem } from './file-problem.ts';

let folder = '';

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'herald-atomic-'));
});

afterEach(() => fs.rmSync(folder, { recursive: true }));

test('a file is there whole, and nothing beside it', async () => {
  const file = path.join(folder, 'a.json');
  await writeAtomically(file, 'one');
  await writeAtomically(file, new Uint8Array([0x74, 0x77, 0x6f]));
  expect(fs.readFileSync(file, 'utf8')).toBe('two');
  expect(fs.readdirSync(folder)).toEqual(['a.json']);
});

test('what is written at the same time does not mix', async () => {
  const file = path.join(folder, 'a.json');
  const texts = ['a', 'b', 'c'].map((letter) => letter.repeat(100_000));
  await Promise.all(texts.map((text) => writeAtomically(file, text)));
  expect(texts).toContain(fs.readFileSync(file, 'utf8'));
  expect(fs.readdirSync(folder)).toEqual(['a.json']);
});

test('a failure leaves the old file and nothing beside it', async () => {
  const taken = path.join(folder, 'taken');
  fs.mkdirSync(path.join(taken, 'inside'), { recursive: true });
  await expect(writeAtomically(taken, 'x')).rejects.toMatchObject({ syscall: 'rename' });
  expect(fs.readdirSync(folder)).toEqual(['taken']);
});

test('what a process left that was killed while it wrote goes, and nothing else', async () => {
  const file = path.join(folder, 'a.json');
  await writeAtomically(file, 'whole');
  for (const name of ['.a.json.4.1', '.a.json.17.203', '.b.json.4.1', 'a.json.unreadable'])
    fs.writeFileSync(path.join(folder, name), 'half');
  removeLeftovers(file);
  expect(fs.readdirSync(folder).toSorted()).toEqual(['.b.json.4.1', 'a.json', 'a.json.unreadable']);
  removeLeftovers(path.join(folder, 'no', 'such.json'));
});

test('the system’s reasons are told in words', async () => {
  const error: unknown = await writeAtomically(path.join(folder, 'no', 'file'), 'x').catch(
    (cause: unknown) => cause,
  );
  expect(fileProblem(error)).toBe('its folder does not exist');
  expect(fileProblem(Object.assign(new Error('write'), { code: 'ENOSPC' }))).toBe('the disk is full');
  expect(fileProblem(new Error('something else'))).toBe('something else');
});
