import type { Change } from '../../protocol/push/change.ts';
import type { DnsMessage } from '../../protocol/wire/message.ts';
import type { ResourceRecord } from '../../protocol/wire/record.ts';
import { MAX_TTL_SECONDS } from '../../protocol/wire/master-words.ts';
import { rdataProblem } from '../../protocol/wire/rdata-text.ts';
import { questionKey, recordKey } from '../../protocol/wire/record.ts';
import { Rcode, RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { isMetaType } from './zone-file.ts';
import type { Zone } from './zone.ts';
import type { Zones } from './zones.ts';

/**
 * Carries out an UPDATE whose sender may make it, wholly or not at all, and returns the RCODE of the answer
 * (RFC 2136 §3). In an UPDATE the sections of a message are called Zone, Prerequisite, Update and Additional (§2).
 */
export function performUpdate(zones: Zones, update: DnsMessage): number {
  const zoneEntry = update.questions[0];
  if (update.questions.length !== 1 || zoneEntry?.type !== RecordType.SOA) return Rcode.FORMERR;
  const zone = zoneEntry.class === RecordClass.IN ? zones.zone(zoneEntry.name) : undefined;
  if (zone === undefined) return Rcode.NOTAUTH;

  const unmet = checkPrerequisites(zone, update.answers);
  if (unmet !== Rcode.NOERROR) return unmet;
  const edits: Change[] = [];
  for (const record of update.authorities) {
    if (!record.name.isWithin(zone.origin)) return Rcode.NOTZONE;
    const edit = editOf(record);
    if (edit === undefined) return Rcode.FORMERR;
    edits.push(edit);
  }
  zone.apply(edits);
  return Rcode.NOERROR;
}

/** RFC 2136 §3.2.5: the RCODE of the first prerequisite that is not met. */
function checkPrerequisites(zone: Zone, prerequisites: readonly ResourceRecord[]): number {
  const wanted = new Map<string, ResourceRecord[]>();
  for (const record of prerequisites) {
    if (record.ttlSeconds !== 0) return Rcode.FORMERR;
    if (!record.name.isWithin(zone.origin)) return Rcode.NOTZONE;
    if (record.class === RecordClass.IN) {
      if (isMetaType(record.type) || rdataProblem(record.type, record.rdata) !== undefined)
        return Rcode.FORMERR;
      const rrset = wanted.get(questionKey(record)) ?? [];
      wanted.set(questionKey(record), [...rrset, record]);
      continue;
    }
    const rcode = checkExistence(zone, record);
    if (rcode !== Rcode.NOERROR) return rcode;
  }
  for (const rrset of wanted.values()) {
    const { name, type } = rrset[0]!;
    if (!isSameSet(rrset, zone.rrset(name, type))) return Rcode.NXRRSET;
  }
  return Rcode.NOERROR;
}

/** The four forms without RDATA: name or RRset in use (CLASS ANY), or not (CLASS NONE) (RFC 2136 §2.4). */
function checkExistence(zone: Zone, record: ResourceRecord): number {
  const { name, type } = record;
  if (record.rdata.length > 0 || (type !== RecordType.ANY && isMetaType(type))) return Rcode.FORMERR;
  const isName = type === RecordType.ANY;
  const exists = (isName ? zone.recordsAt(name) : zone.rrset(name, type)).length > 0;
  if (record.class === RecordClass.ANY) {
    if (exists) return Rcode.NOERROR;
    return isName ? Rcode.NXDOMAIN : Rcode.NXRRSET;
  }
  if (record.class !== RecordClass.NONE) return Rcode.FORMERR;
  if (!exists) return Rcode.NOERROR;
  return isName ? Rcode.YXDOMAIN : Rcode.YXRRSET;
}

function isSameSet(wanted: readonly ResourceRecord[], present: readonly ResourceRecord[]): boolean {
  const keys = new Set(wanted.map(recordKey));
  return keys.size === present.length && present.every((record) => keys.has(recordKey(record)));
}

/** What a record of the Update section asks for (RFC 2136 §2.5); undefined when it has none of the four forms (§3.4.1). */
function editOf(record: ResourceRecord): Change | undefined {
  const { name, type, ttlSeconds, rdata } = record;
  switch (record.class) {
    case RecordClass.IN: {
      if (isMetaType(type) || rdataProblem(type, rdata) !== undefined) return undefined;
      // RFC 2181 §8: a TTL with its top bit set counts as 0.
      return {
        kind: 'add',
        record: { ...record, ttlSeconds: ttlSeconds > MAX_TTL_SECONDS ? 0 : ttlSeconds },
      };
    }
    case RecordClass.NONE:
      if (ttlSeconds !== 0 || isMetaType(type) || rdataProblem(type, rdata) !== undefined) return undefined;
      return { kind: 'remove', record: { ...record, class: RecordClass.IN } };
    case RecordClass.ANY:
      if (ttlSeconds !== 0 || rdata.length > 0) return undefined;
      if (type === RecordType.ANY) return { kind: 'remove-name', name };
      return isMetaType(type) ? undefined : { kind: 'remove-rrset', name, type, class: RecordClass.IN };
    default:
      return undefined;
  }
}
