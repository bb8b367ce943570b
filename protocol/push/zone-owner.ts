import { Name } from '../wire/name.ts';
import type { OctetPool } from '../wire/octet-pool.ts';
import type { Question, ResourceRecord } from '../wire/record.ts';
import type { RrSet } from '../wire/rrset.ts';
import { isSameOctets } from '../wire/text.ts';
import { coversType } from './coverage.ts';

/**
 * How long a renewed subscription must be quiet before what it did not announce again is given up. Nothing marks the end
 * of its first answers, which may take several PUSHes (RFC 8765 §6.3); a server writes those back to back, so that two
 * seconds without one is more than a bad link puts between them and less than a person minds a stale row.
 */
export const SETTLE_QUIET_MS = 2_000;
/** The same at most, however busy the subscription: longer than first answers take, so that no ghost lives for ever. */
export const SETTLE_LIMIT_MS = 10_000;

/** A live subscription, as far as `ZoneCache` goes. */
export interface Cover {
  readonly question: Question;
  readonly acceptedMs: number;
  /** Until then its records from before may still be announced again; moves with every PUSH for it. */
  settlesMs: number;
  /** The records from before that have not been; undefined while there never were any. */
  checking: Set<Entry> | undefined;
}

/**
 * How a record stands. `confirmed`: announced under a live subscription. `checking`: from before, awaited under this
 * cover. `ageing`: no cover vouches for it. `gone`: removed, and kept until its batch is accounted for.
 */
export type Standing =
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'checking'; readonly cover: Cover }
  | { readonly kind: 'ageing'; readonly expiresMs: number }
  | { readonly kind: 'gone' };

/** One record of the cache. */
export class Entry {
  record: ResourceRecord;
  standing: Standing;
  /** What the batch in hand found here when it first touched it; undefined while it has not. */
  found: ResourceRecord | 'nothing' | undefined;
  /** Whether that was vouched for. */
  wasConfirmed = false;

  constructor(record: ResourceRecord, standing: Standing) {
    this.record = record;
    this.standing = standing;
  }

  get rdata(): Uint8Array {
    return this.record.rdata;
  }
}

/** Everything at one name. The two lists are short, and replaced rather than changed. */
export interface Owner {
  readonly name: Name;
  covers: readonly Cover[];
  sets: readonly RrSet<Entry>[];
}

/** A TYPE and a CLASS, of a record or of an RRset. */
export interface TypeAndClass {
  readonly type: number;
  readonly class: number;
}

/** The RRset of this type and class at a name, if there is one. */
export function setOf(owner: Owner, { type, class: recordClass }: TypeAndClass): RrSet<Entry> | undefined {
  for (const set of owner.sets) if (set.type === type && set.class === recordClass) return set;
  return undefined;
}

/** Whether any live subscription is told of this type and class at a name. */
export function isCovered(owner: Owner, { type, class: recordClass }: TypeAndClass): boolean {
  return owner.covers.some((cover) => coversType(cover.question, type, recordClass));
}

/** Whether any subscription is told of this change at a name; all that are have now been heard of. */
export function heard(owner: Owner, { type, class: recordClass }: TypeAndClass, nowMs: number): boolean {
  let covered = false;
  for (const cover of owner.covers) {
    if (!coversType(cover.question, type, recordClass)) continue;
    covered = true;
    if (nowMs < cover.settlesMs) {
      cover.settlesMs = Math.min(nowMs + SETTLE_QUIET_MS, cover.acceptedMs + SETTLE_LIMIT_MS);
    }
  }
  return covered;
}

/** Whether an RRset holds a record that its batch has not removed. */
export function hasRecords(set: RrSet<Entry>): boolean {
  for (const entry of set.members) if (entry.standing.kind !== 'gone') return true;
  return false;
}

/** A copy of the record that holds nothing of the message it came in, and shares the name it stands under. */
export function kept(record: ResourceRecord, owner: Owner, pool: OctetPool): ResourceRecord {
  const { name, type, class: recordClass, ttlSeconds, rdata } = record;
  return {
    name: name.isSpelledLike(owner.name) ? owner.name : ownName(name),
    type,
    class: recordClass,
    ttlSeconds,
    rdata: isOwn(rdata) ? rdata : pool.copy(rdata),
  };
}

/** The same name, holding nothing of the message it came in. */
export function ownName(name: Name): Name {
  return isOwn(name.wire) ? name : Name.ofWire(new Uint8Array(name.wire));
}

/** Whether two records that mean the same are also spelled the same: letter case is all they can differ in but the TTL. */
export function isSpelledSame(one: ResourceRecord, other: ResourceRecord): boolean {
  return one.name.isSpelledLike(other.name) && isSameOctets(one.rdata, other.rdata);
}

/** A view into a message never starts at octet 0, where the header is; what does start there is nobody else's. */
function isOwn(octets: Uint8Array): boolean {
  return octets.byteOffset === 0;
}
