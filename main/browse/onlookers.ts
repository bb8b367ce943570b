import type { View } from '../contract/view.ts';
import type { Clock } from '../net/clock.ts';
import { parseName } from '../../protocol/wire/name.ts';
import { Interest } from './interest.ts';
import type { InterestInput } from './interest.ts';

/** The part of a watched domain that is told what is looked at. */
export interface LookedUpon {
  /** Whose details are asked for from now on, by the keys of their names. */
  look(at: ReadonlySet<string>): void;
}

/** Tells watched domains what of them anybody looks at. */
export class Onlookers {
  readonly #clock: Clock;
  readonly #watched: ReadonlyMap<string, { readonly watch: LookedUpon }>;
  readonly #told: () => void;
  readonly #interest: Interest;
  /** The keys of the names that are looked at, by domain and by the ids of their rows: most of them are again the next time. */
  readonly #keys = new Map<string, ReadonlyMap<string, string | undefined>>();
  #cancelTimer: () => void = () => undefined;

  /** `watched` are the watched domains, by the ids of their rows, as they come and go; `told` is called when some were told. */
  constructor(clock: Clock, watched: ReadonlyMap<string, { readonly watch: LookedUpon }>, told: () => void) {
    this.#clock = clock;
    this.#watched = watched;
    this.#told = told;
    this.#interest = new Interest((id) => domainOf(id, watched.keys()));
  }

  /** What a window looks at from now on; null when it has gone, or its page. */
  view(window: number, view: View | null): void {
    this.#take({ kind: 'view', window, view });
  }

  /** What a person keeps an eye on, by the ids of the rows. */
  watched(ids: readonly string[]): void {
    this.#take({ kind: 'watched', ids });
  }

  /** Whether windows count, or only what a person keeps an eye on does. */
  scope(scope: 'views' | 'watched'): void {
    this.#take({ kind: 'scope', scope });
  }

  /** A domain is watched from now on. */
  added(id: string): void {
    this.#watched.get(id)?.watch.look(new Set());
    this.#take({ kind: 'domain', id });
  }

  /** Ends it. */
  close(): void {
    this.#cancelTimer();
  }

  #take(input: InterestInput): void {
    this.#interest.take(input);
    this.#tick();
  }

  #keysOf(domain: string): ReadonlySet<string> {
    const known = this.#keys.get(domain);
    const keys = new Map<string, string | undefined>();
    for (const id of this.#interest.of(domain))
      keys.set(id, known?.has(id) === true ? known.get(id) : keyOf(domain, id));
    if (keys.size > 0) this.#keys.set(domain, keys);
    else this.#keys.delete(domain);
    return new Set([...keys.values()].filter((key) => key !== undefined));
  }

  #tick(): void {
    const domains = this.#interest.tick(this.#clock.nowMs());
    for (const domain of domains) this.#watched.get(domain)?.watch.look(this.#keysOf(domain));
    if (domains.length > 0) this.#told();
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.at(this.#interest.deadlineMs, () => this.#tick());
  }
}

/** The domain whose row's id the id of a service's row begins with; of several the longest, for names may hold spaces. */
function domainOf(id: string, domains: Iterable<string>): string | undefined {
  let longest: string | undefined;
  for (const domain of domains)
    if (id.startsWith(`${domain} `) && domain.length > (longest?.length ?? 0)) longest = domain;
  return longest;
}

/** The key of the name in the id of a service's row; undefined where there is none, for a window may say anything. */
function keyOf(domain: string, id: string): string | undefined {
  const parsed = parseName(id.slice(domain.length + 1));
  return parsed.ok ? parsed.name.key : undefined;
}
