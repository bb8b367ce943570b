import type { Question, ResourceRecord } from '../wire/record.ts';
import { questionKey } from '../wire/record.ts';
import { RecordType } from '../wire/registry.ts';
import type { Change } from './change.ts';

/**
 * The same changes with removals in as few octets as say the same: one collective removal for an RRset that is gone, and
 * one for all of a name when several are and nothing is left there (RFC 8765 §6.3.1). `remaining` is what the zone holds
 * at a name after the changes, as `PushZones.matching` has it.
 */
export function compacted(
  changes: readonly Change[],
  remaining: (question: Question) => readonly ResourceRecord[],
): readonly Change[] {
  const gone = new Map<string, Question>();
  for (const change of changes) {
    if (change.kind !== 'remove') continue;
    const set = setOf(change.record);
    if (!gone.has(questionKey(set)) && !holds(remaining(set), set.type)) gone.set(questionKey(set), set);
  }
  if (gone.size === 0) return changes;
  const kept = changes.filter((change) => !isOneRecord(change) || !gone.has(questionKey(change.record)));
  return [...kept, ...collective([...gone.values()], remaining)];
}

/** One removal a set, or one a name and class where that covers several and spares none. */
function collective(
  gone: readonly Question[],
  remaining: (question: Question) => readonly ResourceRecord[],
): readonly Change[] {
  const byName = new Map<string, Question[]>();
  for (const set of gone) {
    const key = questionKey({ ...set, type: RecordType.ANY });
    const sets = byName.get(key);
    if (sets === undefined) byName.set(key, [set]);
    else sets.push(set);
  }
  return [...byName.values()].flatMap((sets): readonly Change[] => {
    const { name, class: recordClass } = sets[0]!;
    const isAll =
      sets.length > 1 && remaining({ name, class: recordClass, type: RecordType.ANY }).length === 0;
    if (isAll) return [{ kind: 'remove-class', name, class: recordClass }];
    return sets.map((set) => ({ kind: 'remove-rrset', ...set }));
  });
}

function isOneRecord(change: Change): change is Extract<Change, { readonly record: ResourceRecord }> {
  return change.kind === 'add' || change.kind === 'remove';
}

function setOf({ name, type, class: recordClass }: ResourceRecord): Question {
  return { name, type, class: recordClass };
}

/** A CNAME is among what matches any TYPE, and no record of it. */
function holds(records: readonly ResourceRecord[], type: number): boolean {
  return records.some((record) => record.type === type);
}
