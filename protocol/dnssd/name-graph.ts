import type { Name } from '../wire/name.ts';
import type { Question } from '../wire/record.ts';
import { RecordClass, RecordType } from '../wire/registry.ts';
import type { Instance, Listing } from './name-node.ts';
import { NameNode } from './name-node.ts';
import { Users } from './users.ts';

/** How many aliases are followed from a name; more than any zone has reason for, and an end to every loop. */
export const MAX_ALIASES = 8;

const LISTED = 1;
const SERVICE = 2;
const HOST = 4;

/** What is asked for a need. */
const NEEDS: readonly (readonly [need: number, types: readonly number[]])[] = [
  [LISTED, [RecordType.PTR]],
  [SERVICE, [RecordType.SRV, RecordType.TXT]],
  [HOST, [RecordType.A, RecordType.AAAA]],
];

/** Questions that are asked from now on, and those that no longer are. */
export interface Questions {
  readonly ask: readonly Question[];
  readonly unask: readonly Question[];
}

/**
 * The names that a browser knows of, and who needs what of them. However many services need the same, it is asked for
 * once; and not at all what comes to be needed and unneeded within one batch.
 */
export class NameGraph {
  readonly #nodes = new Map<string, NameNode>();
  readonly #touched = new Set<NameNode>();

  /** How many names anything is known of or needed of. */
  get nodeCount(): number {
    return this.#nodes.size;
  }

  /** The node of a name. */
  node(name: Name): NameNode {
    let node = this.#nodes.get(name.key);
    if (node === undefined) {
      node = new NameNode(name);
      this.#nodes.set(name.key, node);
    }
    this.#touched.add(node);
    return node;
  }

  /** A name and those it is an alias of, one after the other, each once (RFC 1034 §3.6.2). May be `known` as it was. */
  chain(origin: NameNode, known?: readonly NameNode[]): readonly NameNode[] {
    let alias = origin.aliasOf;
    if (alias === undefined && known?.length === 1 && known[0] === origin) return known;
    const chain = [origin];
    while (alias !== undefined && chain.length <= MAX_ALIASES) {
      const next = this.node(alias);
      if (chain.includes(next)) break;
      chain.push(next);
      alias = next.aliasOf;
    }
    return chain;
  }

  /** Lets a listing need the PTR records of these names, and of no others. */
  list(listing: Listing, chain: readonly NameNode[]): void {
    this.#exchange(listing, listing.chain, chain, (node) => (node.listings ??= new Users()));
    listing.chain = chain;
  }

  /** Lets an instance need the SRV and TXT records of these names, and of no others. */
  resolve(instance: Instance, chain: readonly NameNode[]): void {
    this.#exchange(instance, instance.chain, chain, (node) => (node.instances ??= new Users()));
    instance.chain = chain;
  }

  /** Lets an instance need the addresses of these names, and of no others. */
  locate(instance: Instance, chain: readonly NameNode[]): void {
    this.#exchange(instance, instance.hostChain, chain, (node) => (node.hosted ??= new Users()));
    instance.hostChain = chain;
  }

  /** Ends a batch: what it changed in what is to be asked. Names that nothing is left of are forgotten. */
  settle(): Questions {
    const ask: Question[] = [];
    const unask: Question[] = [];
    for (const node of this.#touched) {
      const needed = needsOf(node);
      addQuestions(ask, node, needed & ~node.asked);
      addQuestions(unask, node, node.asked & ~needed);
      node.asked = needed;
      if (node.isIdle) this.#nodes.delete(node.name.key);
    }
    this.#touched.clear();
    return { ask, unask };
  }

  #exchange<User extends object>(
    user: User,
    now: readonly NameNode[],
    next: readonly NameNode[],
    usersOf: (node: NameNode) => Users<User>,
  ): void {
    if (now === next) return;
    for (const node of next) {
      if (now.includes(node)) continue;
      usersOf(node).add(user);
      this.#touched.add(node);
    }
    for (const node of now) {
      if (next.includes(node)) continue;
      usersOf(node).delete(user);
      this.#touched.add(node);
    }
  }
}

function needsOf({ listings, instances, hosted }: NameNode): number {
  return needOf(listings, LISTED) | needOf(instances, SERVICE) | needOf(hosted, HOST);
}

function needOf(users: Users<Listing> | Users<Instance> | undefined, need: number): number {
  return users === undefined || users.isEmpty ? 0 : need;
}

function addQuestions(questions: Question[], { name }: NameNode, needs: number): void {
  if (needs === 0) return;
  for (const [need, types] of NEEDS) {
    if ((needs & need) === 0) continue;
    for (const type of types) questions.push({ name, type, class: RecordClass.IN });
  }
}
