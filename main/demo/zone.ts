import { unreachable } from '../../protocol/errors.ts';
import type { Change } from '../../protocol/push/change.ts';
import { changeName } from '../../protocol/push/change.ts';
import type { Name } from '../../protocol/wire/name.ts';
import type { ResourceRecord } from '../../protocol/wire/record.ts';
import { soaRdata } from '../../protocol/wire/rdata.ts';
import { RecordType } from '../../protocol/wire/registry.ts';
import { RecordStore } from './record-store.ts';
import type { ZoneData } from './zone-file.ts';

/** Hears of changes to a zone: all that is different after one batch of edits, never empty. */
export type ZoneListener = (changes: readonly Change[], zone: Zone) => void;

/** One zone, which stays a valid one whatever is asked of it: it always has one SOA, and a CNAME stands alone. */
export class Zone {
  readonly origin: Name;
  readonly #store = new RecordStore();
  readonly #listeners = new Set<ZoneListener>();

  /** `data` is a checked zone: see `readZoneFile`. */
  constructor(data: ZoneData) {
    this.origin = data.origin;
    for (const record of data.records) this.#store.put(record);
    this.#store.takeDifference();
    if (this.rrset(this.origin, RecordType.SOA).length !== 1)
      throw new TypeError('a zone needs one SOA record');
  }

  /** How many records it holds. */
  get size(): number {
    return this.#store.size;
  }

  /** Every record, in the order of names as first added. */
  get records(): readonly ResourceRecord[] {
    return this.#store.records;
  }

  get soa(): ResourceRecord {
    return this.rrset(this.origin, RecordType.SOA)[0]!;
  }

  /** The SOA's serial number. */
  get serial(): number {
    return soaRdata(this.soa.rdata).serial;
  }

  /** Every record of a name. */
  recordsAt(name: Name): readonly ResourceRecord[] {
    return this.#store.recordsAt(name);
  }

  /** The records of a name and one TYPE. */
  rrset(name: Name, type: number): readonly ResourceRecord[] {
    return this.#store.rrset(name, type);
  }

  /** Whether a name has records or lies above one that has (RFC 4592 §2.2.2): if not, the answer is NXDOMAIN. */
  exists(name: Name): boolean {
    return this.#store.exists(name) && name.isWithin(this.origin);
  }

  /** Hears of every later change; the returned function ends that. */
  onChange(listener: ZoneListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Makes the edits one after the other, as RFC 2136 §3.4.2 has it: what would break the zone (a CNAME beside other
   * records, its SOA or last NS gone) is passed over. Returns what is different afterwards, removals first, and tells
   * the listeners once. Unless an edit set it, the SOA's serial goes up by one. A name outside the zone is our mistake.
   */
  apply(edits: readonly Change[]): readonly Change[] {
    for (const edit of edits) {
      if (!changeName(edit).isWithin(this.origin)) {
        throw new TypeError(`${String(changeName(edit))} lies outside the zone ${String(this.origin)}`);
      }
    }
    const { serial } = this;
    for (const edit of edits) this.#edit(edit);
    if (this.#store.difference.length > 0 && this.serial === serial)
      this.#replaceSoa(withSerial(this.soa, serial + 1));
    const changes = this.#store.takeDifference();
    if (changes.length > 0) for (const listener of [...this.#listeners]) listener(changes, this);
    return changes;
  }

  #edit(edit: Change): void {
    switch (edit.kind) {
      case 'add':
        this.#add(edit.record);
        return;
      case 'remove':
        this.#remove(edit.record);
        return;
      case 'remove-rrset':
        if (!this.#isProtected(edit.name, edit.type)) this.#dropAll(this.rrset(edit.name, edit.type));
        return;
      case 'remove-class':
      case 'remove-name':
        this.#dropAll(this.recordsAt(edit.name).filter(({ type }) => !this.#isProtected(edit.name, type)));
        return;
      default:
        unreachable(edit);
    }
  }

  /** RFC 2136 §3.4.2.2. */
  #add(record: ResourceRecord): void {
    if (record.type === RecordType.SOA) {
      const isNewer = isSerialAfter(soaRdata(record.rdata).serial, this.serial);
      if (record.name.equals(this.origin) && isNewer) this.#replaceSoa(record);
      return;
    }
    const isCname = record.type === RecordType.CNAME;
    const types = this.#store.typesAt(record.name);
    if ([...types.keys()].some((type) => (type === RecordType.CNAME) !== isCname)) return;
    if (isCname) this.#dropAll(this.rrset(record.name, record.type));
    // One TTL for a whole set (RFC 2181 §5.2): that of the record that came last.
    else if (types.get(record.type)?.ttlSeconds !== record.ttlSeconds) this.#setTtl(record);
    this.#store.put(record);
  }

  #setTtl({ name, type, ttlSeconds }: ResourceRecord): void {
    for (const record of this.rrset(name, type)) this.#store.put({ ...record, ttlSeconds });
  }

  /** RFC 2136 §3.4.2.4. */
  #remove(record: ResourceRecord): void {
    const isApex = record.name.equals(this.origin);
    if (isApex && record.type === RecordType.SOA) return;
    if (isApex && record.type === RecordType.NS && this.rrset(record.name, RecordType.NS).length === 1)
      return;
    this.#store.drop(record);
  }

  /** The SOA and NS sets of the apex are never removed whole (RFC 2136 §3.4.2.3). */
  #isProtected(name: Name, type: number): boolean {
    return name.equals(this.origin) && (type === RecordType.SOA || type === RecordType.NS);
  }

  #replaceSoa(soa: ResourceRecord): void {
    this.#dropAll(this.rrset(this.origin, RecordType.SOA));
    this.#store.put(soa);
  }

  #dropAll(records: readonly ResourceRecord[]): void {
    for (const record of records) this.#store.drop(record);
  }
}

/** Whether a serial number comes after another, in arithmetic that wraps at 2³² (RFC 1982 §3.2). */
function isSerialAfter(serial: number, other: number): boolean {
  const ahead = (serial - other) >>> 0;
  return ahead > 0 && ahead < 0x8000_0000;
}

/** The SOA with another serial, which wraps at 2³²: the fifth u32 from the end (RFC 1035 §3.3.13). */
function withSerial(soa: ResourceRecord, serial: number): ResourceRecord {
  const rdata = Uint8Array.from(soa.rdata);
  new DataView(rdata.buffer).setUint32(rdata.length - 20, serial >>> 0);
  return { ...soa, rdata };
}
