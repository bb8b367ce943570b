import fs from 'node:fs/promises';
import path from 'node:path';

/** How long entries are kept, in milliseconds. */
export const KEPT_MS = 30 * 86_400_000;
/** All parts together hold at most this many octets: some 100,000 entries. */
export const MAX_OCTETS = 32_000_000;
/** A part that has this many is followed by another, so that the oldest can be dropped without writing anything anew. */
export const PART_OCTETS = 1_000_000;

/** `2026-11-26T09-02-03-004Z.jsonl`: when the first entry of the part was noticed. */
const PART_NAME = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)-(\d{3}Z)\.jsonl$/;

/** One file of the history. */
export interface HistoryPart {
  readonly file: string;
  /** When its first entry was noticed: milliseconds since the epoch. */
  readonly beginsMs: number;
  readonly octets: number;
}

/** The name of the part that begins at this time. */
export function partName(beginsMs: number): string {
  return `${new Date(beginsMs).toISOString().replaceAll(/[:.]/g, '-')}.jsonl`;
}

/** The parts in a folder, the oldest first; none where there is no such folder. Other files are let be. */
export async function historyParts(folder: string): Promise<readonly HistoryPart[]> {
  const parts: HistoryPart[] = [];
  for (const name of await fs.readdir(folder).catch(none)) {
    const match = PART_NAME.exec(name);
    if (match === null) continue;
    const file = path.join(folder, name);
    const [, hour, minute, second, rest = ''] = match;
    const beginsMs = Date.parse(`${hour}:${minute}:${second}.${rest}`);
    const octets = (await fs.stat(file).catch(() => undefined))?.size;
    if (octets !== undefined && !Number.isNaN(beginsMs)) parts.push({ file, beginsMs, octets });
  }
  return parts.toSorted((a, b) => a.beginsMs - b.beginsMs);
}

/** Those of the parts, the oldest first, that are to go: too old as a whole, or too much together with all that follow. */
export function spentParts(parts: readonly HistoryPart[], nowMs: number): readonly HistoryPart[] {
  let octets = 0;
  const spent: HistoryPart[] = [];
  for (const [at, part] of [...parts.entries()].toReversed()) {
    octets += part.octets;
    const endsMs = parts[at + 1]?.beginsMs ?? Infinity;
    if (octets > MAX_OCTETS || endsMs < nowMs - KEPT_MS) spent.push(part);
  }
  return spent;
}

function none(error: unknown): readonly string[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
  throw error;
}
