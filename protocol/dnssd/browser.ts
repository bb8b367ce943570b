import { MAX_NAME_OCTETS, Name } from '../wire/name.ts';
import type { RecordDelta } from '../wire/record-delta.ts';
import type { Question, ResourceRecord } from '../wire/record.ts';
import { RecordClass, RecordType } from '../wire/registry.ts';
import { servicesName } from './domains.ts';
import type { BrowseScope } from './instance-name.ts';
import { browseName, leadingType, splitInstance } from './instance-name.ts';
import { NameGraph } from './name-graph.ts';
import type { Instance, Listing, NameNode } from './name-node.ts';
import { resolvedService } from './resolve.ts';
import type { Service } from './service.ts';
import { isHidden, isSameService } from './service.ts';

const NOBODY: readonly never[] = [];

/** What a batch of records comes to. Nothing is put that looks as before, and nothing is asked that is asked already. */
export interface BrowserOutput {
  /** Services that are new or look different. */
  readonly put: readonly Service[];
  /** The names of services that are gone. */
  readonly drop: readonly Name[];
  /** What is to be asked, that is subscribed to, from now on. */
  readonly ask: readonly Question[];
  /** What is not needed any longer. */
  readonly unask: readonly Question[];
}

/** A service type of the domain, with how many PTR records list it. */
interface ListedType {
  count: number;
  readonly listing: Listing;
}

/**
 * Turns records into services (RFC 6763 §4, §5, §6, §9) and says which records it needs for that: the types of a domain
 * unless one is given, the instances of each, SRV and TXT of each instance, the addresses of each host. Records may come
 * in any order, also before anything leads to them. One record costs as much as what depends on it, however many
 * services there are.
 */
export class DnssdBrowser {
  readonly #domain: Name;
  readonly #origin: Name;
  readonly #lists: Listing['lists'];
  #root: Listing | undefined;
  readonly #graph = new NameGraph();
  readonly #types = new Map<string, ListedType>();
  readonly #instances = new Map<string, Instance>();
  /** What the batch in hand changed something for. */
  readonly #listings = new Set<Listing>();
  readonly #changed = new Set<Instance>();

  /** A name that comes to be too long is a `RangeError`; `scopeOf` gives none. */
  constructor(scope: BrowseScope) {
    const { domain, type } = scope;
    this.#domain = domain;
    this.#origin = type === undefined ? servicesName(domain) : browseName(type, domain);
    this.#lists = type === undefined ? 'types' : 'instances';
  }

  /** Begins to need records. */
  start(): BrowserOutput {
    this.#root ??= this.#begin(this.#lists, this.#origin);
    return this.#settle();
  }

  /** Ends it: every service goes, and every question is taken back. */
  stop(): BrowserOutput {
    if (this.#root !== undefined) this.#end(this.#root);
    this.#root = undefined;
    return this.#settle();
  }

  /** Takes what changed in the records of the zone, one batch of them as one change. */
  apply(deltas: readonly RecordDelta[]): BrowserOutput {
    let node: NameNode | undefined;
    let name: Name | undefined;
    for (const { kind, record } of deltas) {
      if (!isUsable(record)) continue;
      // Those of one name as a rule follow one another, and then share it.
      if (node === undefined || record.name !== name) node = this.#graph.node(record.name);
      name = record.name;
      this.#note(node, record, kind === 'removed');
    }
    return this.#settle();
  }

  #note(node: NameNode, record: ResourceRecord, isRemoved: boolean): void {
    if (record.type === RecordType.PTR) {
      this.#point(node, Name.ofWire(record.rdata), isRemoved);
      return;
    }
    if (isRemoved) node.remove(record);
    else node.put(record);
    const isAlias = record.type === RecordType.CNAME;
    const isAddress = record.type === RecordType.A || record.type === RecordType.AAAA;
    if (isAlias) for (const listing of node.listings?.all ?? NOBODY) this.#listings.add(listing);
    if (!isAddress) for (const instance of node.instances?.all ?? NOBODY) this.#changed.add(instance);
    if (isAlias || isAddress) for (const instance of node.hosted?.all ?? NOBODY) this.#changed.add(instance);
  }

  #point(node: NameNode, target: Name, isRemoved: boolean): void {
    const known = node.pointers?.get(target.key);
    if (isRemoved ? known === undefined : known?.isSpelledLike(target)) return;
    node.pointers ??= new Map();
    if (isRemoved) node.pointers.delete(target.key);
    else node.pointers.set(target.key, target);
    for (const listing of node.listings?.all ?? NOBODY) {
      if (known !== undefined) this.#release(listing, known);
      if (!isRemoved) this.#take(listing, target);
    }
  }

  /** Ends a batch: works out anew what it changed something for. */
  #settle(): BrowserOutput {
    for (const listing of this.#listings) this.#follow(listing);
    const put: Service[] = [];
    const drop: Name[] = [];
    for (const instance of this.#changed) {
      const before = instance.shown;
      const service = this.#show(instance);
      if (service === undefined) {
        if (before !== undefined) drop.push(before.name);
        instance.shown = undefined;
      } else if (before === undefined || !isSameService(before, service)) {
        put.push(service);
        instance.shown = service;
      }
    }
    this.#listings.clear();
    this.#changed.clear();
    return { put, drop, ...this.#graph.settle() };
  }

  /** An instance as it can be shown now; undefined when it cannot, for good when nothing lists it any longer. */
  #show(instance: Instance): Service | undefined {
    if (instance.names.length === 0) {
      this.#graph.resolve(instance, []);
      this.#graph.locate(instance, []);
      this.#instances.delete(instance.key);
      return undefined;
    }
    const name = instance.names.reduce((first, other) => (other.exact < first.exact ? other : first));
    if (!name.isSpelledLike(instance.identity.name)) {
      instance.identity = { name, parts: splitInstance(name, this.#domain) ?? instance.identity.parts };
    }
    const service = resolvedService(instance, this.#graph);
    return isHidden(service) ? undefined : service;
  }

  #begin(lists: Listing['lists'], name: Name): Listing {
    const listing: Listing = { lists, origin: this.#graph.node(name), chain: [] };
    this.#follow(listing);
    return listing;
  }

  /** Takes up what the names of a listing point to now, following aliases, and lets go what those point to that it left. */
  #follow(listing: Listing): void {
    this.#reach(listing, this.#graph.chain(listing.origin));
  }

  #end(listing: Listing): void {
    this.#reach(listing, []);
    this.#listings.delete(listing);
  }

  #reach(listing: Listing, chain: readonly NameNode[]): void {
    const left = listing.chain.filter((node) => !chain.includes(node));
    const entered = chain.filter((node) => !listing.chain.includes(node));
    this.#graph.list(listing, chain);
    for (const node of entered) {
      for (const target of node.pointers?.values() ?? []) this.#take(listing, target);
    }
    for (const node of left) {
      for (const target of node.pointers?.values() ?? []) this.#release(listing, target);
    }
  }

  #take(listing: Listing, target: Name): void {
    if (listing.lists === 'types') this.#takeType(target);
    else this.#takeInstance(target);
  }

  #release(listing: Listing, target: Name): void {
    if (listing.lists === 'types') this.#releaseType(target);
    else this.#releaseInstance(target);
  }

  #takeType(target: Name): void {
    const type = leadingType(target);
    if (type === undefined || type.wire.length - 1 + this.#domain.wire.length > MAX_NAME_OCTETS) return;
    const known = this.#types.get(type.key);
    if (known !== undefined) {
      known.count++;
      return;
    }
    const listing = this.#begin('instances', browseName(type, this.#domain));
    this.#types.set(type.key, { count: 1, listing });
  }

  #releaseType(target: Name): void {
    const key = leadingType(target)?.key ?? '';
    const known = this.#types.get(key);
    if (known === undefined || --known.count > 0) return;
    this.#types.delete(key);
    this.#end(known.listing);
  }

  #takeInstance(name: Name): void {
    let instance = this.#instances.get(name.key);
    if (instance === undefined) {
      const parts = splitInstance(name, this.#domain);
      if (parts === undefined) return;
      instance = {
        key: name.key,
        names: [],
        identity: { name, parts },
        chain: [],
        hostChain: [],
        shown: undefined,
      };
      this.#instances.set(name.key, instance);
    }
    instance.names = instance.names.concat(name);
    this.#changed.add(instance);
  }

  #releaseInstance(name: Name): void {
    const instance = this.#instances.get(name.key);
    if (instance === undefined) return;
    const at = instance.names.findIndex((one) => one.isSpelledLike(name));
    instance.names = instance.names.filter((_, index) => index !== at);
    this.#changed.add(instance);
  }
}

/**
 * Whether a record is of class IN and of a type that services are made of, and long enough for it. PUSH vouches for the
 * last, other answers do not.
 */
function isUsable({ type, class: recordClass, rdata }: ResourceRecord): boolean {
  if (recordClass !== RecordClass.IN) return false;
  switch (type) {
    case RecordType.PTR:
    case RecordType.CNAME:
      return rdata.length > 0;
    case RecordType.SRV:
      return rdata.length > 6;
    case RecordType.A:
      return rdata.length === 4;
    case RecordType.AAAA:
      return rdata.length === 16;
    default:
      return type === RecordType.TXT;
  }
}
