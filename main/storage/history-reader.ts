import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { HistoryEntry } from '../contract/history.ts';
import { parseHistoryEntry } from '../contract/history.ts';
import { historyParts, KEPT_MS } from './history-parts.ts';

/** What of the history is wanted. */
export interface HistoryQuery {
  /** No older than this: milliseconds since the epoch. */
  readonly sinceMs: number;
  /** The time of now: what was kept for more than 30 days is not told, whether it is still on the disk or not. */
  readonly nowMs: number;
  /** Whether a domain is wanted, by its name as shown. */
  readonly wants: (domain: string) => boolean;
}

/**
 * Reads the history in a folder, the oldest entry first, a line at a time. Lines that cannot be read, such as one that was
 * being written when a process was killed, are passed over; `onUnreadable` is told of each. It rejects with the system's
 * error where a file cannot be read.
 */
export async function* readHistory(
  folder: string,
  { sinceMs, nowMs, wants }: HistoryQuery,
  onUnreadable: (file: string, line: number) => void,
): AsyncGenerator<HistoryEntry, void, undefined> {
  const fromMs = Math.max(sinceMs, nowMs - KEPT_MS);
  const parts = await historyParts(folder);
  for (const [at, { file }] of parts.entries()) {
    if ((parts[at + 1]?.beginsMs ?? Infinity) < fromMs) continue;
    let number = 0;
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      number += 1;
      if (line === '') continue;
      const entry = parseHistoryEntry(line);
      if (entry === undefined) onUnreadable(file, number);
      else if (entry.atMs >= fromMs && wants(entry.domain)) yield entry;
    }
  }
}
