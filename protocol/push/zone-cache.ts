import { unreachable } from '../errors.ts';
import type { Name } from '../wire/name.ts';
import { OctetPool } from '../wire/octet-pool.ts';
import type { RecordDelta } from '../wire/record-delta.ts';
import type { Question, ResourceRecord } from '../wire/record.ts';
import { RrSet } from '../wire/rrset.ts';
import type { Change } from './change.ts';
import { changeName } from './change.ts';
import { coversType } from './coverage.ts';
import { Deadlines } from './deadlines.ts';
import type { Batch } from './zone-batch.ts';
import { addDifference, touch } from './zone-batch.ts';
import type { Cover, Owner, Standing } from './zone-owner.ts';
import {
  Entry,
  hasRecords,
  heard,
  isCovered,
  isSpelledSame,
  kept,
  ownName,
  setOf,
  SETTLE_QUIET_MS,
} from './zone-owner.ts';

const CONFIRMED: Standing = { kind: 'confirmed' };
const GONE: Standing = { kind: 'gone' };

/**
 * The records that live subscriptions vouch for (RFC 8765 §6.3.1), and those that outlive one until their TTL runs out.
 * While a record is covered its TTL is only kept, never counted down; the server is trusted to report the removal.
 * One change costs the same however much is kept.
 */
export class ZoneCache {
  readonly #owners = new Map<string, Owner>();
  readonly #expiries = new Deadlines<Entry>();
  readonly #settling = new Deadlines<Cover>();
  readonly #pool = new OctetPool();

  /** When `tick` may have something to do, in the caller's milliseconds; undefined while nothing is awaited. */
  get deadlineMs(): number | undefined {
    const deadlineMs = Math.min(this.#expiries.nextMs, this.#settling.nextMs);
    return deadlineMs === Infinity ? undefined : deadlineMs;
  }

  /** How many names anything is kept at or covered at. */
  get nameCount(): number {
    return this.#owners.size;
  }

  /** All that is kept of what `question` asks for, whether covered or ageing. */
  matching(question: Question): readonly ResourceRecord[] {
    const owner = this.#owners.get(question.name.key);
    return (owner?.sets ?? [])
      .filter((set) => coversType(question, set.type, set.class))
      .flatMap((set) => Array.from(set.members, (entry) => entry.record));
  }

  /** The same without what was not announced again yet since the subscription was lost, and may be gone. */
  confirmed(question: Question): readonly ResourceRecord[] {
    const owner = this.#owners.get(question.name.key);
    return (owner?.sets ?? [])
      .filter((set) => coversType(question, set.type, set.class))
      .flatMap((set) => [...set.members].filter(({ standing }) => standing.kind === 'confirmed'))
      .map(({ record }) => record);
  }

  /**
   * Applies the changes of one PUSH in order and returns what is different afterwards, so that a record which was
   * removed and added again is no difference. A change that no live subscription covers is ignored, a collective
   * removal if none of the records that it removes is covered (RFC 8765 §6.3.1).
   */
  apply(changes: readonly Change[], nowMs: number): readonly RecordDelta[] {
    const batch: Batch = [];
    let name: Name | undefined;
    let owner: Owner | undefined;
    for (const change of changes) {
      // Those of one name as a rule follow one another, and then share it.
      if (changeName(change) !== name) {
        name = changeName(change);
        owner = this.#owners.get(name.key);
      }
      if (owner !== undefined) this.#apply(owner, change, nowMs, batch);
    }
    return this.#account(batch);
  }

  /**
   * Takes all that there is of `question` in place of what is kept of it, and covers it: what a poll does in the place of
   * PUSH. Returns what is different.
   */
  replace(question: Question, records: readonly ResourceRecord[], nowMs: number): readonly RecordDelta[] {
    const owner = this.#ownerOf(question.name);
    const { type, class: recordClass } = question;
    if (!owner.covers.some(({ question: one }) => one.type === type && one.class === recordClass)) {
      this.cover(question, nowMs);
    }
    const batch: Batch = [];
    const before = owner.sets.filter((set) => coversType(question, set.type, set.class));
    const left = new Set(before.flatMap((set) => [...set.members]));
    for (const record of records) {
      const entry = this.#add(owner, record, nowMs, batch);
      if (entry !== undefined) left.delete(entry);
    }
    for (const entry of left) this.#drop(entry, batch);
    return this.#account(batch);
  }

  /**
   * A subscription to `question` was accepted. What outlived an earlier one is now to be announced again, or to go once
   * the subscription has settled; covering a question again starts that anew, and returns what is in doubt by that.
   */
  cover(question: Question, nowMs: number): readonly RecordDelta[] {
    const batch: Batch = [];
    const owner = this.#ownerOf(question.name);
    this.#release(owner, question, nowMs, batch);
    const settlesMs = nowMs + SETTLE_QUIET_MS;
    const cover: Cover = { question, acceptedMs: nowMs, settlesMs, checking: undefined };
    owner.covers = owner.covers.concat(cover);
    for (const set of owner.sets) {
      if (!coversType(question, set.type, set.class)) continue;
      for (const entry of set.members) if (entry.standing.kind === 'ageing') this.#check(entry, cover);
    }
    return this.#account(batch);
  }

  /**
   * The subscription to `question` ended, with its session or without. What no other covers is in doubt and ages from now
   * on; what has a TTL of 0 goes at once (RFC 8765 §6.3.1). Returns this and what `tick` would.
   */
  uncover(question: Question, nowMs: number): readonly RecordDelta[] {
    const owner = this.#owners.get(question.name.key);
    if (owner === undefined) return [];
    const batch: Batch = [];
    this.#release(owner, question, nowMs, batch);
    this.#prune(owner);
    return this.#tick(nowMs, batch);
  }

  /** Removes what has aged out, and what was not announced again by the time its subscription settled. */
  tick(nowMs: number): readonly RecordDelta[] {
    return this.#tick(nowMs, []);
  }

  #tick(nowMs: number, batch: Batch): readonly RecordDelta[] {
    for (const entry of this.#expiries.take(nowMs)) this.#drop(entry, batch);
    for (const cover of this.#settling.take(nowMs)) {
      if (cover.checking === undefined || cover.checking.size === 0) continue;
      if (cover.settlesMs > nowMs) this.#settling.set(cover, cover.settlesMs);
      else for (const entry of cover.checking) this.#drop(entry, batch);
    }
    return this.#account(batch);
  }

  #apply(owner: Owner, change: Change, nowMs: number, batch: Batch): void {
    switch (change.kind) {
      case 'add':
        this.#add(owner, change.record, nowMs, batch);
        return;
      case 'remove':
        this.#remove(owner, change.record, nowMs, batch);
        return;
      case 'remove-rrset': {
        const set = setOf(owner, change);
        this.#removeSets(owner, set === undefined ? [] : [set], nowMs, batch);
        return;
      }
      case 'remove-class': {
        const sets = owner.sets.filter((set) => set.class === change.class);
        this.#removeSets(owner, sets, nowMs, batch);
        return;
      }
      case 'remove-name':
        this.#removeSets(owner, owner.sets, nowMs, batch);
        return;
      default:
        unreachable(change);
    }
  }

  #add(owner: Owner, record: ResourceRecord, nowMs: number, batch: Batch): Entry | undefined {
    if (!heard(owner, record, nowMs)) return undefined;
    let set = setOf(owner, record);
    if (set === undefined) {
      set = new RrSet(record.type, record.class);
      owner.sets = owner.sets.concat(set);
    }
    const entry = set.find(record.rdata);
    if (entry === undefined) {
      const added = new Entry(kept(record, owner, this.#pool), CONFIRMED);
      set.add(added);
      touch(added, 'nothing', batch);
      return added;
    }
    touch(entry, entry.record, batch);
    this.#stand(entry, CONFIRMED);
    if (entry.record.ttlSeconds !== record.ttlSeconds || !isSpelledSame(entry.record, record)) {
      entry.record = kept(record, owner, this.#pool);
    }
    return entry;
  }

  #remove(owner: Owner, record: ResourceRecord, nowMs: number, batch: Batch): void {
    if (!heard(owner, record, nowMs)) return;
    const entry = setOf(owner, record)?.find(record.rdata);
    if (entry !== undefined) this.#drop(entry, batch);
  }

  #removeSets(owner: Owner, sets: readonly RrSet<Entry>[], nowMs: number, batch: Batch): void {
    const covered = sets.filter((set) => heard(owner, set, nowMs));
    if (!covered.some(hasRecords)) return;
    for (const set of sets) for (const entry of set.members) this.#drop(entry, batch);
  }

  /** Ends the cover of a question, if it has one: what no other covers ages. What it was checking it goes on to check. */
  #release(owner: Owner, { type, class: recordClass }: Question, nowMs: number, batch: Batch): void {
    const ended = owner.covers.find(
      ({ question }) => question.type === type && question.class === recordClass,
    );
    if (ended === undefined) return;
    owner.covers = owner.covers.filter((cover) => cover !== ended);
    for (const set of owner.sets) {
      if (!coversType(ended.question, set.type, set.class) || isCovered(owner, set)) continue;
      for (const entry of set.members) {
        touch(entry, entry.record, batch);
        this.#age(entry, nowMs);
      }
    }
  }

  #check(entry: Entry, cover: Cover): void {
    this.#stand(entry, { kind: 'checking', cover });
    cover.checking ??= new Set();
    cover.checking.add(entry);
    this.#settling.set(cover, cover.settlesMs);
  }

  #age(entry: Entry, nowMs: number): void {
    const expiresMs = nowMs + entry.record.ttlSeconds * 1000;
    this.#stand(entry, { kind: 'ageing', expiresMs });
    this.#expiries.set(entry, expiresMs);
  }

  #drop(entry: Entry, batch: Batch): void {
    if (entry.standing.kind === 'gone') return;
    touch(entry, entry.record, batch);
    this.#stand(entry, GONE);
  }

  /** Gives an entry its new standing, and takes it out of what the old one waited for. */
  #stand(entry: Entry, standing: Standing): void {
    const old = entry.standing;
    if (old.kind === 'checking') old.cover.checking?.delete(entry);
    else if (old.kind === 'ageing') this.#expiries.delete(entry, old.expiresMs);
    entry.standing = standing;
  }

  /** The differences that a batch made; entries that it left without a record are forgotten. */
  #account(batch: Batch): readonly RecordDelta[] {
    const deltas: RecordDelta[] = [];
    for (const entry of batch) {
      if (entry.standing.kind === 'gone') this.#forget(entry);
      addDifference(deltas, entry);
    }
    return deltas;
  }

  #forget(entry: Entry): void {
    const owner = this.#owners.get(entry.record.name.key);
    const set = owner === undefined ? undefined : setOf(owner, entry.record);
    if (owner === undefined || set === undefined) return;
    set.delete(entry);
    if (set.isEmpty) owner.sets = owner.sets.filter((one) => one !== set);
    this.#prune(owner);
  }

  #ownerOf(name: Name): Owner {
    const known = this.#owners.get(name.key);
    if (known !== undefined) return known;
    const owner: Owner = { name: ownName(name), covers: [], sets: [] };
    this.#owners.set(owner.name.key, owner);
    return owner;
  }

  #prune(owner: Owner): void {
    if (owner.covers.length === 0 && owner.sets.length === 0) this.#owners.delete(owner.name.key);
  }
}
