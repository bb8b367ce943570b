import { Name } from '../wire/name.ts';
import type { RecordDelta } from '../wire/record-delta.ts';
import type { Question, ResourceRecord } from '../wire/record.ts';
import { RecordType } from '../wire/registry.ts';
import { servicesName } from './domains.ts';
import type { BrowseScope } from './instance-name.ts';
import { browseName, splitInstance } from './instance-name.ts';
import { NameGraph } from './name-graph.ts';
import type { Instance, Listing, NameNode, Pointer } from './name-node.ts';
import { listedService, resolvedService } from './resolve.ts';
import type { Service } from './service.ts';
import { isHidden, isSameState } from './service.ts';
import type { FollowedTypes } from './type-list.ts';
import { TypeList } from './type-list.ts';
import { isUsable } from './usable-record.ts';

const NOBODY: readonly never[] = [];

/** What a batch of records comes to. Nothing is put that looks as before, and nothing is asked that is asked already. */
export interface BrowserOutput {
  /** Services that are new or look different. */
  readonly put: readonly Service[];
  /** The names of services that are gone, and of names that were only reserved. */
  readonly drop: readonly Name[];
  /** Names that are listed and turn out to be only reserved (RFC 6763 §8): no services, whether they were put before or not. */
  readonly reserve: readonly Name[];
  /** What is to be asked, that is subscribed to, from now on. */
  readonly ask: readonly Question[];
  /** What is not needed any longer. */
  readonly unask: readonly Question[];
}

/** Whose details are asked for: of every service, or of those whose instance names have these keys, listed or not. */
export type LookedAt = 'everything' | ReadonlySet<string>;

/**
 * Turns records into services (RFC 6763 §4, §5, §6, §9) and says which records it needs for that: the types of a domain
 * unless one is given, the instances of each, SRV and TXT of each instance that is looked at, the addresses of its host.
 * Records may come in any order, also before anything leads to them. One record costs as much as what depends on it,
 * however many services there are.
 */
export class DnssdBrowser {
  readonly #domain: Name;
  readonly #origin: Name;
  readonly #lists: Listing['lists'];
  #root: Listing | undefined;
  readonly #graph = new NameGraph();
  readonly #types: TypeList;
  readonly #instances = new Map<string, Instance>();
  #lookedAt: LookedAt = 'everything';
  /** What the batch in hand changed something for. */
  readonly #listings = new Set<Listing>();
  readonly #changed = new Set<Instance>();

  /** A name that comes to be too long is a `RangeError`; `scopeOf` gives none. */
  constructor(scope: BrowseScope) {
    const { domain, type } = scope;
    this.#domain = domain;
    this.#origin = type === undefined ? servicesName(domain) : browseName(type, domain);
    this.#lists = type === undefined ? 'types' : 'instances';
    this.#types = new TypeList(domain, {
      begin: (name) => this.#begin('instances', name),
      end: (listing) => this.#end(listing),
    });
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

  /** Whose details are asked for from now on; of no others. In the beginning those of everything are. */
  look(at: LookedAt): BrowserOutput {
    const before = this.#lookedAt;
    this.#lookedAt = at;
    if (before === 'everything' || at === 'everything') {
      for (const instance of this.#instances.values()) this.#changed.add(instance);
    } else {
      for (const key of before) if (!at.has(key)) this.#touch(key);
      for (const key of at) if (!before.has(key)) this.#touch(key);
    }
    return this.#settle();
  }

  /** Of which types of a domain instances are asked for from now on; of no others. In the beginning those of everything are. */
  list(types: FollowedTypes): BrowserOutput {
    this.#types.follow(types);
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
      this.#note(node, record, kind);
    }
    return this.#settle();
  }

  #note(node: NameNode, record: ResourceRecord, kind: RecordDelta['kind']): void {
    if (record.type === RecordType.PTR) {
      this.#point(node, Name.ofWire(record.rdata), kind);
      return;
    }
    if (kind === 'removed') node.remove(record);
    else if (kind === 'doubted') node.doubt(record);
    else node.put(record);
    const isAlias = record.type === RecordType.CNAME;
    const isAddress = record.type === RecordType.A || record.type === RecordType.AAAA;
    if (isAlias) for (const listing of node.listings?.all ?? NOBODY) this.#listings.add(listing);
    if (!isAddress) for (const instance of node.instances?.all ?? NOBODY) this.#changed.add(instance);
    if (isAlias || isAddress) for (const instance of node.hosted?.all ?? NOBODY) this.#changed.add(instance);
  }

  #point(node: NameNode, target: Name, kind: RecordDelta['kind']): void {
    const known = node.pointers?.get(target.key);
    const isKnown = known !== undefined && (kind === 'doubted' || known.target.isSpelledLike(target));
    if (isKnown && kind !== 'removed') {
      this.#vouch(known, kind !== 'doubted');
      return;
    }
    if (kind === 'doubted' || (kind === 'removed' && known === undefined)) return;
    const pointer = kind === 'removed' ? undefined : { target, isVouched: true };
    node.pointers ??= new Map();
    if (pointer === undefined) node.pointers.delete(target.key);
    else node.pointers.set(target.key, pointer);
    for (const listing of node.listings?.all ?? NOBODY) {
      if (known !== undefined) this.#release(listing, known);
      if (pointer !== undefined) this.#take(listing, pointer);
    }
  }

  #vouch(pointer: Pointer, isVouched: boolean): void {
    if (pointer.isVouched === isVouched) return;
    pointer.isVouched = isVouched;
    this.#touch(pointer.target.key);
  }

  #touch(instanceKey: string): void {
    const instance = this.#instances.get(instanceKey);
    if (instance !== undefined) this.#changed.add(instance);
  }

  /** Ends a batch: works out anew what it changed something for. */
  #settle(): BrowserOutput {
    for (const listing of this.#listings) this.#follow(listing);
    const put: Service[] = [];
    const drop: Name[] = [];
    const reserve: Name[] = [];
    for (const instance of this.#changed) {
      const before = instance.shown;
      const service = this.#show(instance);
      if (service === undefined) {
        if (before !== undefined || instance.isReserved) drop.push(instance.identity.name);
      } else if (isHidden(service)) {
        if (!instance.isReserved) reserve.push(service.name);
        instance.isReserved = true;
        instance.shown = undefined;
      } else if (before === undefined || !isSameState(before, service)) {
        put.push(service);
        instance.isReserved = false;
        instance.shown = service;
      }
    }
    this.#listings.clear();
    this.#changed.clear();
    return { put, drop, reserve, ...this.#graph.settle() };
  }

  /** An instance as it is now; undefined, for good, when nothing lists it any longer. */
  #show(instance: Instance): Service | undefined {
    if (instance.listedBy.length === 0) {
      this.#graph.resolve(instance, []);
      this.#graph.locate(instance, []);
      this.#instances.delete(instance.key);
      return undefined;
    }
    const { target: name } = instance.listedBy.reduce((first, other) =>
      other.target.exact < first.target.exact ? other : first,
    );
    if (!name.isSpelledLike(instance.identity.name)) {
      instance.identity = { name, parts: splitInstance(name, this.#domain) ?? instance.identity.parts };
    }
    const isLookedAt = this.#lookedAt === 'everything' || this.#lookedAt.has(instance.key);
    return isLookedAt ? resolvedService(instance, this.#graph) : listedService(instance, this.#graph);
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
      for (const pointer of node.pointers?.values() ?? []) this.#take(listing, pointer);
    }
    for (const node of left) {
      for (const pointer of node.pointers?.values() ?? []) this.#release(listing, pointer);
    }
  }

  #take(listing: Listing, pointer: Pointer): void {
    if (listing.lists === 'types') this.#types.take(pointer.target);
    else this.#takeInstance(pointer);
  }

  #release(listing: Listing, pointer: Pointer): void {
    if (listing.lists === 'types') this.#types.release(pointer.target);
    else this.#releaseInstance(pointer);
  }

  #takeInstance(pointer: Pointer): void {
    const name = pointer.target;
    let instance = this.#instances.get(name.key);
    if (instance === undefined) {
      const parts = splitInstance(name, this.#domain);
      if (parts === undefined) return;
      instance = {
        key: name.key,
        listedBy: [],
        identity: { name, parts },
        chain: [],
        hostChain: [],
        shown: undefined,
        isReserved: false,
      };
      this.#instances.set(name.key, instance);
    }
    instance.listedBy = instance.listedBy.concat(pointer);
    this.#changed.add(instance);
  }

  #releaseInstance(pointer: Pointer): void {
    const instance = this.#instances.get(pointer.target.key);
    if (instance === undefined) return;
    const at = instance.listedBy.indexOf(pointer);
    instance.listedBy = instance.listedBy.filter((_, index) => index !== at);
    this.#changed.add(instance);
  }
}
