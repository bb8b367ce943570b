import type { Change } from '../../protocol/push/change.ts';
import type { Name } from '../../protocol/wire/name.ts';
import type { ResourceRecord } from '../../protocol/wire/record.ts';
import { recordKey } from '../../protocol/wire/record.ts';

/** The records of one name, by TYPE and then by `recordKey`. A TYPE without records is not in it. */
type Node = Map<number, Map<string, ResourceRecord>>;

/** A record that was touched, as it was before the first touch and as it is now; undefined where there was or is none. */
interface Touched {
  readonly before: ResourceRecord | undefined;
  readonly now: ResourceRecord | undefined;
}

/**
 * Records of one zone by name, and what became different since somebody last asked. Knows no rules: those are the
 * zone's. Records are copied in, so that none keeps the message alive that it came in.
 */
export class RecordStore {
  readonly #nodes = new Map<string, Node>();
  /** How many names with records there are at or below each name: the names that exist, empty ones too (RFC 4592 §2.2.2). */
  readonly #population = new Map<string, number>();
  /** By `recordKey`, since the last `takeDifference`. */
  #touched = new Map<string, Touched>();
  #size = 0;

  /** How many records there are. */
  get size(): number {
    return this.#size;
  }

  /** Every record, in the order of names as first added. */
  get records(): readonly ResourceRecord[] {
    return [...this.#nodes.values()].flatMap(recordsOf);
  }

  /** Every record of a name. */
  recordsAt(name: Name): readonly ResourceRecord[] {
    const node = this.#nodes.get(name.key);
    return node === undefined ? [] : recordsOf(node);
  }

  /** The records of a name and one TYPE. */
  rrset(name: Name, type: number): readonly ResourceRecord[] {
    return [...(this.#nodes.get(name.key)?.get(type)?.values() ?? [])];
  }

  /** Each TYPE that a name has records of, with one of them. */
  typesAt(name: Name): ReadonlyMap<number, ResourceRecord> {
    const types = new Map<number, ResourceRecord>();
    for (const [type, rrset] of this.#nodes.get(name.key) ?? []) {
      for (const record of rrset.values()) {
        types.set(type, record);
        break;
      }
    }
    return types;
  }

  /** Whether a name has records or lies above one that has. */
  exists(name: Name): boolean {
    return this.#population.has(name.key);
  }

  /** Adds a record, in the place of one that differs at most in TTL and in the case of names. */
  put(record: ResourceRecord): void {
    let node = this.#nodes.get(record.name.key);
    if (node === undefined) {
      node = new Map();
      this.#nodes.set(record.name.key, node);
      this.#populate(record.name, 1);
    }
    let rrset = node.get(record.type);
    if (rrset === undefined) {
      rrset = new Map();
      node.set(record.type, rrset);
    }
    const key = recordKey(record);
    const stored = { ...record, rdata: Uint8Array.from(record.rdata) };
    const old = rrset.get(key);
    if (old === undefined) this.#size++;
    rrset.set(key, stored);
    this.#touch(key, old, stored);
  }

  /** Takes a record away, whatever its TTL; does nothing when it is not there. */
  drop(record: ResourceRecord): void {
    const node = this.#nodes.get(record.name.key);
    const rrset = node?.get(record.type);
    const key = recordKey(record);
    const old = rrset?.get(key);
    if (node === undefined || rrset === undefined || old === undefined) return;
    this.#size--;
    this.#touch(key, old, undefined);
    rrset.delete(key);
    if (rrset.size === 0) node.delete(record.type);
    if (node.size > 0) return;
    this.#nodes.delete(record.name.key);
    this.#populate(record.name, -1);
  }

  /** What is different from when `takeDifference` was last called, removals first. A record that came and went is not in it. */
  get difference(): readonly Change[] {
    const removed: Change[] = [];
    const added: Change[] = [];
    for (const { before, now } of this.#touched.values()) {
      if (now === undefined) {
        if (before !== undefined) removed.push({ kind: 'remove', record: before });
      } else if (before === undefined || !isSame(before, now)) {
        added.push({ kind: 'add', record: now });
      }
    }
    return [...removed, ...added];
  }

  /** The difference, which counts from now on again. */
  takeDifference(): readonly Change[] {
    const changes = this.difference;
    this.#touched = new Map();
    return changes;
  }

  #touch(key: string, old: ResourceRecord | undefined, now: ResourceRecord | undefined): void {
    const touched = this.#touched.get(key);
    this.#touched.set(key, { before: touched === undefined ? old : touched.before, now });
  }

  #populate(name: Name, by: 1 | -1): void {
    for (let at = name; ; at = at.parent) {
      const count = (this.#population.get(at.key) ?? 0) + by;
      if (count === 0) this.#population.delete(at.key);
      else this.#population.set(at.key, count);
      if (at.isRoot) return;
    }
  }
}

function recordsOf(node: Node): readonly ResourceRecord[] {
  return [...node.values()].flatMap((rrset) => [...rrset.values()]);
}

/** Whether two records with the same `recordKey` are alike in TTL too, and to the last octet. */
function isSame(one: ResourceRecord, other: ResourceRecord): boolean {
  return (
    one.ttlSeconds === other.ttlSeconds &&
    one.name.exact === other.name.exact &&
    one.rdata.every((octet, at) => octet === other.rdata[at])
  );
}
