import type { Clock } from '../net/clock.ts';
import { run } from '../net/procedure.ts';
import type { Resolver } from '../net/resolver.ts';
import { findZone } from '../../protocol/discovery/zone-cut.ts';
import type { Name } from '../../protocol/wire/name.ts';
import type { Backoff } from './backoff.ts';

/** What a locator needs of the world. */
export interface LocatorDependencies {
  readonly clock: Clock;
  readonly resolver: Resolver;
  readonly backoff: Backoff;
}

/** Where searches go on side by side no further: a zone can name a thousand others. */
const MAX_SEARCHES = 4;
/** Names that agree in so many labels at the end are looked for one after the other, for as a rule one answer is for all. */
const COMMON_LABELS = 2;

/** Names that probably lie in one zone, and how the search for it stands. */
interface Group {
  readonly key: string;
  readonly names: Map<string, Name>;
  failures: number;
  /** Calls off the wait for the next search, if there is one. */
  stopWaiting: () => void;
}

/**
 * Finds the zones that names lie in, each from the name itself (RFC 8765 §6.1). Where nothing is found it looks again, ever
 * later, for all names of a group as for one.
 */
export class ZoneLocator {
  readonly #dependencies: LocatorDependencies;
  readonly #found: (name: Name, zone: Name) => void;
  readonly #groups = new Map<string, Group>();
  readonly #inLine: Group[] = [];
  #searches = 0;
  #run = new AbortController();
  #isResting = true;

  /** `found` is called for each name that is looked for and found; it may take back others, and ask for more. */
  constructor(dependencies: LocatorDependencies, found: (name: Name, zone: Name) => void) {
    this.#dependencies = dependencies;
    this.#found = found;
  }

  /** Looks for the zone of a name until it is found or taken back. */
  locate(name: Name): void {
    const key = groupKey(name);
    const known = this.#groups.get(key);
    if (known !== undefined) {
      known.names.set(name.key, name);
      return;
    }
    const names = new Map([[name.key, name]]);
    const group: Group = { key, names, failures: 0, stopWaiting: () => undefined };
    this.#groups.set(key, group);
    this.#queue(group);
  }

  /** Looks for a name no longer. */
  drop(name: Name): void {
    const key = groupKey(name);
    const group = this.#groups.get(key);
    if (group?.names.delete(name.key) !== true || group.names.size > 0) return;
    this.#groups.delete(key);
    group.stopWaiting();
  }

  /** Ends what is under way; names are kept for the next start. */
  rest(): void {
    this.#isResting = true;
    this.#run.abort();
    this.#searches = 0;
    this.#inLine.length = 0;
    for (const group of this.#groups.values()) group.stopWaiting();
  }

  /** Whether nothing is looked for until the next start. */
  get isResting(): boolean {
    return this.#isResting;
  }

  /** Looks for all names, as if nothing had been tried yet. */
  start(): void {
    this.rest();
    this.#isResting = false;
    this.#run = new AbortController();
    for (const group of this.#groups.values()) {
      group.failures = 0;
      this.#queue(group);
    }
  }

  #queue(group: Group): void {
    if (this.#isResting) return;
    this.#inLine.push(group);
    this.#next();
  }

  #next(): void {
    if (this.#searches >= MAX_SEARCHES) return;
    const group = this.#inLine.shift();
    if (group === undefined) return;
    this.#searches += 1;
    void this.#search(group, this.#run.signal); // never rejects: what is not found is looked for again
  }

  /** Looks for the names of a group until one is not found. */
  async #search(group: Group, signal: AbortSignal): Promise<void> {
    const { backoff, clock, resolver } = this.#dependencies;
    for (let name = first(group); name !== undefined; name = first(group)) {
      const cut = await run(findZone(name), resolver, signal);
      if (signal.aborted) return;
      if (cut.kind === 'not-found') break;
      group.failures = 0;
      if (group.names.delete(name.key)) this.#found(name, cut.zone);
      if (signal.aborted) return;
    }
    this.#searches -= 1;
    if (group.names.size === 0) {
      if (this.#groups.get(group.key) === group) this.#groups.delete(group.key);
    } else {
      group.failures += 1;
      const dueMs = clock.nowMs() + backoff.delayMs(group.failures);
      group.stopWaiting = clock.at(dueMs, () => this.#queue(group));
    }
    this.#next();
  }
}

function first({ names }: Group): Name | undefined {
  const [name] = names.values();
  return name;
}

function groupKey(name: Name): string {
  return name.skip(Math.max(0, name.labelCount - COMMON_LABELS)).key;
}
