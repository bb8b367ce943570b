import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LogFile } from './log-file.ts';

let folder = '';
const now = (): Date => new Date(Date.UTC(2026, 10, 23, 9, 2, 3));

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'herald-log-'));
});

afterEach(() => fs.rmSync(folder, { recursive: true }));

test('every entry is a line with its time, in a folder made when needed', () => {
  const log = new LogFile(path.join(folder, 'logs', 'herald.log'), now);
  log.write('one');
  log.write('two');
  expect(fs.readFileSync(log.file, 'utf8')).toBe(
    '2026-11-23T09:02:03.000Z one\n2026-11-23T09:02:03.000Z two\n',
  );
});

test('a log past a megabyte is begun afresh and the last one kept', () => {
  const log = new LogFile(path.join(folder, 'herald.log'), now);
  log.write('x'.repeat(1_000_001));
  log.write('afresh');
  expect(fs.readFileSync(log.file, 'utf8')).toBe('2026-11-23T09:02:03.000Z afresh\n');
  expect(fs.statSync(`${log.file}.old`).size).toBeGreaterThan(1_000_000);
});

test('a log that cannot be written is no fault of its own', () => {
  fs.writeFileSync(path.join(folder, 'in-the-way'), '');
  const log = new LogFile(path.join(folder, 'in-the-way', 'herald.log'), now);
  expect(() => log.write('lost')).not.toThrow();
});
