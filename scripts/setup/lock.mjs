/** One set-up at a time in one checkout. Node built-ins only. */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** How long to let the other one work before looking again. */
const pause = () => wait(200);

/**
 * Runs `work` while holding the lock file; waits for another process that holds it. A lock whose process is gone is taken over.
 * @template T
 * @param {string} file
 * @param {number} limitMs how long to wait for the other
 * @param {(message: string) => void} say
 * @param {() => Promise<T>} work
 * @param {() => Promise<void>} betweenTries
 * @returns {Promise<T>}
 * @throws {Error} when the other process holds the lock longer than the limit
 */
export async function withLock(file, limitMs, say, work, betweenTries = pause) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const deadlineMs = Date.now() + limitMs;
  let told = false;
  while (!take(file)) {
    const owner = ownerOf(file);
    if (owner !== undefined && !alive(owner)) {
      breakLock(file, owner);
      continue;
    }
    if (Date.now() > deadlineMs) {
      throw new Error(
        `Another set-up (process ${owner}) has held ${file} for too long. End it, or delete the file.`,
      );
    }
    if (!told) say(`Waiting for another set-up in this checkout (process ${owner ?? 'unknown'}).`);
    told = true;
    await betweenTries();
  }
  try {
    return await work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

/**
 * Creates the lock with its owner already written in it, so that no reader sees it empty.
 * @param {string} file
 */
function take(file) {
  const own = `${file}.${process.pid}`;
  fs.writeFileSync(own, String(process.pid));
  try {
    fs.linkSync(own, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.rmSync(own, { force: true });
  }
}

/**
 * @param {string} file
 * @returns {number | undefined} the process in the file, undefined when the lock has just been released
 */
function ownerOf(file) {
  try {
    return Number(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Removes a dead owner's lock. Renaming lets one of several waiters win; should it have caught a fresh lock, that one is put back.
 * @param {string} file
 * @param {number} owner
 */
function breakLock(file, owner) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    fs.renameSync(file, aside);
    if (ownerOf(aside) !== owner) fs.linkSync(aside, file);
  } catch {
    // Another waiter was first.
  }
  fs.rmSync(aside, { force: true });
}
