import { Name } from '../wire/name.ts';
import type { ResourceRecord } from '../wire/record.ts';
import type { Srv } from '../wire/rdata.ts';
import { rdataKey, srvRdata } from '../wire/rdata.ts';
import { RecordType } from '../wire/registry.ts';
import { RrSet } from '../wire/rrset.ts';
import { addressTexts } from './addresses.ts';
import type { InstanceName } from './instance-name.ts';
import type { Service } from './service.ts';
import { chooseSrv } from './service.ts';
import { Txt } from './txt.ts';
import type { Users } from './users.ts';

const NOTHING: readonly never[] = [];

/** A name whose PTR records list service types or service instances. */
export interface Listing {
  readonly lists: 'types' | 'instances';
  readonly origin: NameNode;
  /** The name, and those that it is an alias of: where the PTR records are taken from. */
  chain: readonly NameNode[];
}

/** Where a PTR record leads. */
export interface Pointer {
  readonly target: Name;
  /** Whether a subscription vouches for it. */
  isVouched: boolean;
}

/** A service instance that PTR records lead to. */
export interface Instance {
  /** The key of its name. */
  readonly key: string;
  /** The PTR records that lead to it, each with its spelling; none of them is left when it is to go. */
  listedBy: readonly Pointer[];
  /** The spelling that is shown, taken apart. */
  identity: { readonly name: Name; readonly parts: InstanceName };
  /** The name, and those that it is an alias of: where SRV and TXT records are taken from. */
  chain: readonly NameNode[];
  /** The same of the host that its SRV record leads to: where A and AAAA records are taken from. */
  hostChain: readonly NameNode[];
  /** What was last put, if it is there to be seen. */
  shown: Service | undefined;
  /** Whether it was last found only to reserve its name. */
  isReserved: boolean;
}

/** One name that records stand at, or that somebody needs records of. */
export class NameNode {
  readonly name: Name;
  /** Where the PTR records here lead, by the key of the target; a browse name has as many as a type has instances. */
  pointers: Map<string, Pointer> | undefined;
  /** Who needs the PTR records of this name, its SRV and TXT records, and its A and AAAA records; nobody, if undefined. */
  listings: Users<Listing> | undefined;
  instances: Users<Instance> | undefined;
  hosted: Users<Instance> | undefined;
  /** Which of the three needs have been asked for, as bits. */
  asked = 0;
  #sets: readonly RrSet<ResourceRecord>[] = NOTHING;
  /** Those of the records here, PTR apart, that no subscription vouches for; as a rule there are none. */
  #doubted: readonly ResourceRecord[] = NOTHING;
  /** What the records of a type come to, until one of them changes. */
  #addresses: readonly string[] | undefined;
  #srv: Srv | undefined;
  #txt: Txt | undefined;

  constructor(name: Name) {
    this.name = name;
  }

  /** Whether nothing is known of this name and nobody needs it. */
  get isIdle(): boolean {
    if (this.asked !== 0 || (this.pointers !== undefined && this.pointers.size > 0)) return false;
    return this.#sets.every((set) => set.isEmpty);
  }

  /** The A and AAAA records here. */
  get addressRecords(): readonly ResourceRecord[] {
    return [...this.#records(RecordType.A), ...this.#records(RecordType.AAAA)];
  }

  /** The addresses here as text. */
  get addresses(): readonly string[] {
    return (this.#addresses ??= addressTexts(this.addressRecords));
  }

  /** The SRV record here that counts. */
  get srv(): Srv | undefined {
    return (this.#srv ??= this.#chosenSrv());
  }

  /** The TXT record here; of several the first by its octets, so that their order does not matter. */
  get txt(): Txt | undefined {
    const record = this.#txt === undefined ? this.#least(RecordType.TXT) : undefined;
    if (record !== undefined) this.#txt = new Txt(record.rdata);
    return this.#txt;
  }

  /** The name that this one is an alias of; of several the first by its octets. */
  get aliasOf(): Name | undefined {
    const record = this.#least(RecordType.CNAME);
    return record === undefined ? undefined : Name.ofWire(record.rdata);
  }

  /** Whether a subscription vouches for every record here of these types. */
  isVouched(types: readonly number[]): boolean {
    return this.#doubted.length === 0 || !this.#doubted.some(({ type }) => types.includes(type));
  }

  /** Nobody vouches for a record any longer that is here. */
  doubt(record: ResourceRecord): void {
    const known = this.#setOf(record.type)?.find(record.rdata);
    if (known !== undefined && !this.#doubted.includes(known)) this.#doubted = this.#doubted.concat(known);
  }

  /** Takes a record in, in place of an equal one; it is vouched for. */
  put(record: ResourceRecord): void {
    this.remove(record);
    let set = this.#setOf(record.type);
    if (set === undefined) {
      set = new RrSet(record.type, record.class);
      this.#sets = this.#sets.concat(set);
    }
    set.add(record);
  }

  /** Takes out the record that is equal to this one, if there is one. */
  remove(record: ResourceRecord): void {
    this.#addresses = undefined;
    this.#srv = undefined;
    this.#txt = undefined;
    const set = this.#setOf(record.type);
    const known = set?.find(record.rdata);
    if (known === undefined) return;
    set?.delete(known);
    if (this.#doubted.length > 0) this.#doubted = this.#doubted.filter((one) => one !== known);
  }

  #chosenSrv(): Srv | undefined {
    const sole = this.#setOf(RecordType.SRV)?.sole;
    if (sole !== undefined) return srvRdata(sole.rdata);
    return chooseSrv(Array.from(this.#records(RecordType.SRV), ({ rdata }) => srvRdata(rdata)));
  }

  /** The first of the records of a type by their octets. */
  #least(type: number): ResourceRecord | undefined {
    const set = this.#setOf(type);
    let least = set?.sole;
    if (set === undefined || least !== undefined) return least;
    for (const record of set.members) {
      if (least === undefined || keyOf(record) < keyOf(least)) least = record;
    }
    return least;
  }

  #records(type: number): Iterable<ResourceRecord> {
    return this.#setOf(type)?.members ?? NOTHING;
  }

  /** The set of a type, which may be empty: what is taken out of it as a rule is replaced. */
  #setOf(type: number): RrSet<ResourceRecord> | undefined {
    for (const set of this.#sets) if (set.type === type) return set;
    return undefined;
  }
}

function keyOf({ type, rdata }: ResourceRecord): string {
  return rdataKey(type, rdata);
}
