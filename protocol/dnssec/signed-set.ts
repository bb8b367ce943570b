import { ProtocolError } from '../errors.ts';
import { ttlSecondsOf } from '../discovery/lifetime.ts';
import type { Name } from '../wire/name.ts';
import type { ResourceRecord } from '../wire/record.ts';
import { RecordClass, RecordType } from '../wire/registry.ts';
import type { Rrsig } from './rrsig.ts';
import { readRrsig } from './rrsig.ts';

/** The records of one name and type in a section of a message, and the signatures that came with them (RFC 4035 §2.2). */
export interface SignedSet {
  readonly owner: Name;
  readonly type: number;
  readonly records: readonly ResourceRecord[];
  readonly signatures: readonly Rrsig[];
  /** The RRSIG records themselves. */
  readonly signatureRecords: readonly ResourceRecord[];
  /** The shortest of the records' TTLs (RFC 2181 §5.2). */
  readonly ttlSeconds: number;
}

/** The sets of class IN among the records of a section, in the order of their first records; signatures that do not parse are none. */
export function signedSets(section: readonly ResourceRecord[]): readonly SignedSet[] {
  const sets = new Map<string, Draft>();
  for (const record of section) {
    if (record.class !== RecordClass.IN || record.type === RecordType.RRSIG) continue;
    const key = setKey(record.name, record.type);
    const draft = sets.get(key) ?? { records: [], signatures: [], signatureRecords: [] };
    draft.records.push(record);
    sets.set(key, draft);
  }
  for (const record of section) {
    if (record.class !== RecordClass.IN || record.type !== RecordType.RRSIG) continue;
    const signature = parsed(record.rdata);
    const draft = signature && sets.get(setKey(record.name, signature.typeCovered));
    draft?.signatures.push(signature!);
    draft?.signatureRecords.push(record);
  }
  return Array.from(sets.values(), ({ records, ...signed }) => ({
    owner: records[0]!.name,
    type: records[0]!.type,
    records,
    ...signed,
    ttlSeconds: Math.min(...records.map(ttlSecondsOf)),
  }));
}

/** The set of a name and type among others. */
export function setOf(sets: readonly SignedSet[], owner: Name, type: number): SignedSet | undefined {
  return sets.find((set) => set.type === type && set.owner.equals(owner));
}

interface Draft {
  readonly records: ResourceRecord[];
  readonly signatures: Rrsig[];
  readonly signatureRecords: ResourceRecord[];
}

function setKey(owner: Name, type: number): string {
  return `${type} ${owner.key}`;
}

function parsed(rdata: Uint8Array): Rrsig | undefined {
  try {
    return readRrsig(rdata);
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}
