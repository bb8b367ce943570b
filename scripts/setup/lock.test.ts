import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from './lock.mjs';

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'herald-lock-'));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

const place = (): string => path.join(folder, 'out/setup.lock');

test('the lock is held while the work is done and released after it, also when it throws', async () => {
  const quiet = (): void => undefined;
  const owner = await withLock(place(), 0, quiet, async () =>
    Promise.resolve(fs.readFileSync(place(), 'utf8')),
  );
  expect(owner).toBe(String(process.pid));
  const work = async (): Promise<never> => Promise.reject(new Error('the work failed'));
  await expect(withLock(place(), 0, quiet, work)).rejects.toThrow('the work failed');
  expect(fs.readdirSync(path.dirname(place()))).toEqual([]);
});

test('a lock whose process is gone is taken over without waiting', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  fs.mkdirSync(path.dirname(place()));
  fs.writeFileSync(place(), String(pid));
  const said: string[] = [];
  const say = (message: string): number => said.push(message);
  await expect(withLock(place(), 0, say, async () => Promise.resolve('done'))).resolves.toBe('done');
  expect(said).toEqual([]);
});

test('a lock that another living process holds is waited for, and its owner named, until the limit', async () => {
  fs.mkdirSync(path.dirname(place()));
  fs.writeFileSync(place(), String(process.ppid));
  const work = async (): Promise<string> => Promise.resolve('done');
  await expect(withLock(place(), -1, () => undefined, work)).rejects.toThrow(`process ${process.ppid}`);
  const said: string[] = [];
  const release = async (): Promise<void> => Promise.resolve(fs.rmSync(place()));
  const say = (message: string): number => said.push(message);
  await expect(withLock(place(), 60_000, say, work, release)).resolves.toBe('done');
  expect(said).toEqual([expect.stringContaining(String(process.ppid))]);
});
