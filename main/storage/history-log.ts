import fs from 'node:fs/promises';
import path from 'node:path';
import type { HistoryEntry } from '../contract/history.ts';
import type { Clock } from '../net/clock.ts';
import { fileProblem } from './file-problem.ts';
import type { HistoryPart } from './history-parts.ts';
import { historyParts, PART_OCTETS, partName, spentParts } from './history-parts.ts';

/** What happens close together is one write; in milliseconds. */
const WRITE_AFTER_MS = 1000;

/**
 * Keeps the history of services for 30 days, within a bound, as lines of JSON in a few files that are only ever appended to
 * or dropped. A process that is killed loses the last second at most, and a torn line spoils no other.
 */
export class HistoryLog {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #onProblem: (message: string) => void;
  #waiting: string[] = [];
  #cancelTimer: (() => void) | undefined;
  #written: Promise<void> = Promise.resolve();
  /** The part that is written to; undefined before the first write. */
  #part: HistoryPart | undefined;
  #hasFailed = false;

  /** `onProblem` is told once, in a sentence for people, when writing begins to fail. */
  constructor(folder: string, clock: Clock, onProblem: (message: string) => void) {
    this.#folder = folder;
    this.#clock = clock;
    this.#onProblem = onProblem;
  }

  /** Adds entries, in the order in which they were noticed. */
  add(entries: readonly HistoryEntry[]): void {
    if (entries.length === 0) return;
    this.#waiting.push(...entries.map((entry) => JSON.stringify(entry)));
    this.#cancelTimer ??= this.#clock.at(this.#clock.nowMs() + WRITE_AFTER_MS, () => void this.flush()); // never rejects
  }

  /** Writes at once what is still to be written. It never rejects. */
  async flush(): Promise<void> {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const lines = this.#waiting;
    this.#waiting = [];
    if (lines.length > 0) this.#written = this.#written.then(() => this.#write(lines));
    await this.#written;
  }

  async #write(lines: readonly string[]): Promise<void> {
    const text = lines.map((line) => `${line}\n`).join('');
    try {
      const part = await this.#partToWrite();
      await fs.appendFile(part.file, text, { mode: 0o600 });
      this.#part = { ...part, octets: part.octets + Buffer.byteLength(text) };
      this.#hasFailed = false;
    } catch (error) {
      if (!this.#hasFailed) {
        this.#onProblem(
          `The history in ${this.#folder} cannot be written: ${fileProblem(error)}. What happens meanwhile is not kept.`,
        );
      }
      this.#hasFailed = true;
    }
  }

  async #partToWrite(): Promise<HistoryPart> {
    if (this.#part !== undefined && this.#part.octets < PART_OCTETS) return this.#part;
    const parts = await historyParts(this.#folder);
    const last = parts.at(-1);
    if (this.#part === undefined && last !== undefined && last.octets < PART_OCTETS) {
      await endLine(last.file);
      return last;
    }
    const nowMs = this.#clock.wallMs();
    await fs.mkdir(this.#folder, { recursive: true });
    for (const { file } of spentParts(parts, nowMs)) await fs.rm(file, { force: true });
    return { file: path.join(this.#folder, partName(nowMs)), beginsMs: nowMs, octets: 0 };
  }
}

/** Ends a last line that was torn when an earlier process was killed. */
async function endLine(file: string): Promise<void> {
  const text = await fs.readFile(file);
  if (text.length > 0 && text.at(-1) !== 0x0a) await fs.appendFile(file, '\n');
}
