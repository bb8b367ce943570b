import type { RecordDelta } from '../wire/record-delta.ts';
import type { ResourceRecord } from '../wire/record.ts';
import type { Entry } from './zone-owner.ts';
import { isSpelledSame } from './zone-owner.ts';

/** The entries that a batch touched, each once; what it found there stands in them. */
export type Batch = Entry[];

/** Notes what a batch finds where it is about to change something: a record, or nothing. */
export function touch(entry: Entry, found: ResourceRecord | 'nothing', batch: Batch): void {
  if (entry.found !== undefined) return;
  entry.found = found;
  entry.wasConfirmed = entry.standing.kind === 'confirmed';
  batch.push(entry);
}

/** Adds what is different at an entry since the batch touched it, and ends that. */
export function addDifference(deltas: RecordDelta[], entry: Entry): void {
  const { record, standing, wasConfirmed } = entry;
  const old = entry.found === 'nothing' ? undefined : entry.found;
  entry.found = undefined;
  if (standing.kind === 'gone') {
    if (old !== undefined) deltas.push({ kind: 'removed', record: old });
    return;
  }
  const isConfirmed = standing.kind === 'confirmed';
  if (old === undefined) deltas.push({ kind: 'added', record });
  else if (old !== record && !isSpelledSame(old, record))
    deltas.push({ kind: 'removed', record: old }, { kind: 'added', record });
  else if (wasConfirmed !== isConfirmed) deltas.push({ kind: isConfirmed ? 'confirmed' : 'doubted', record });
  else if (old !== record) deltas.push({ kind: 'refreshed', record });
}
