import type { View } from '../contract/view.ts';
import { MAX_LOOKED_AT } from '../contract/view.ts';
import { unreachable } from '../../protocol/errors.ts';

/**
 * What was looked at is asked for this long afterwards, in milliseconds, so that who scrolls back and forth, or loads the
 * window anew, has it there. Not longer: a view that is closed is to be unsubscribed from in 5 s.
 */
export const HOLD_MS = 4_500;
/** What is asked for changes no more often than this, in milliseconds, however fast somebody scrolls. */
export const PACE_MS = 250;

/** What bears on what is looked at. A window is named by a number of the caller's. */
export type InterestInput =
  /** What a window looks at; null when it has gone, or its page. */
  | { readonly kind: 'view'; readonly window: number; readonly view: View | null }
  /** What a person keeps an eye on, by the ids of the rows. */
  | { readonly kind: 'watched'; readonly ids: readonly string[] }
  /** Whether windows count, or only what a person keeps an eye on does. */
  | { readonly kind: 'scope'; readonly scope: 'views' | 'watched' }
  /** A domain is there from now on, of which nothing is looked at yet. */
  | { readonly kind: 'domain'; readonly id: string };

const NOTHING: ReadonlySet<string> = new Set();

/**
 * Which services have their details asked for: what all windows together look at and what a person keeps an eye on, so many of
 * a domain at most. What is on a screen comes first, then what is in details, what is watched, what was looked at a moment ago,
 * and what windows need besides.
 */
export class Interest {
  readonly #domainOf: (id: string) => string | undefined;
  readonly #views = new Map<number, View>();
  #watched: readonly string[] = [];
  #scope: 'views' | 'watched' = 'views';
  /** What is looked at now, by domain. */
  #lookedAt: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  /** When each was looked at last, of what is only held, the last first to have been left last. */
  readonly #leftMs = new Map<string, number>();
  #changedMs = -Infinity;
  #isDirty = false;

  /** `domainOf` gives the domain of a service's row, by their ids; undefined of one that is not watched. */
  constructor(domainOf: (id: string) => string | undefined) {
    this.#domainOf = domainOf;
  }

  /** When `tick` may have something to do, in the caller's milliseconds; Infinity while it has not. */
  get deadlineMs(): number {
    const [firstMs = Infinity] = this.#leftMs.values();
    return Math.max(this.#isDirty ? -Infinity : firstMs + HOLD_MS, this.#changedMs + PACE_MS);
  }

  /** The services of a domain that are looked at, by the ids of their rows. */
  of(domain: string): ReadonlySet<string> {
    return this.#lookedAt.get(domain) ?? NOTHING;
  }

  /** Takes in what bears on it; what follows is there with the next `tick`. */
  take(input: InterestInput): void {
    this.#isDirty = true;
    switch (input.kind) {
      case 'view':
        if (input.view === null) this.#views.delete(input.window);
        else this.#views.set(input.window, input.view);
        return;
      case 'watched':
        this.#watched = input.ids;
        return;
      case 'scope':
        this.#scope = input.scope;
        return;
      case 'domain':
        this.#lookedAt = new Map([...this.#lookedAt].filter(([domain]) => domain !== input.id));
        return;
      default:
        unreachable(input);
    }
  }

  /** Works out what is looked at now, if that is due; the domains for which it is something else than before. */
  tick(nowMs: number): readonly string[] {
    if (nowMs < this.deadlineMs) return [];
    const before = this.#lookedAt;
    this.#hold(nowMs);
    this.#lookedAt = this.#chosen();
    this.#isDirty = false;
    for (const id of this.#leftMs.keys()) if (!this.#isLookedAt(id)) this.#leftMs.delete(id);
    const domains = [...new Set([...before.keys(), ...this.#lookedAt.keys()])];
    const changed = domains.filter((domain) => !isSame(before.get(domain) ?? NOTHING, this.of(domain)));
    if (changed.length > 0) this.#changedMs = nowMs;
    return changed;
  }

  /** What is not wanted any more is held from now on, what is wanted again is not, and what was held for long enough is let go. */
  #hold(nowMs: number): void {
    const wanted = new Set(this.#wanted().flat());
    for (const id of wanted) this.#leftMs.delete(id);
    for (const ids of this.#lookedAt.values())
      for (const id of ids) if (!wanted.has(id) && !this.#leftMs.has(id)) this.#leftMs.set(id, nowMs);
    for (const [id, leftMs] of this.#leftMs)
      if (this.#scope === 'watched' || leftMs + HOLD_MS <= nowMs) this.#leftMs.delete(id);
  }

  /** The services that are wanted, the most important first; what is held comes before the last of them. */
  #wanted(): readonly (readonly string[])[] {
    if (this.#scope === 'watched') return [this.#watched, []];
    const views = [...this.#views].toSorted(([one], [other]) => one - other).map(([, view]) => view);
    const details = views.flatMap(({ details: id }) => id ?? []);
    return [
      [...views.flatMap(({ rows }) => rows), ...details, ...this.#watched],
      views.flatMap(({ needed }) => needed),
    ];
  }

  #chosen(): ReadonlyMap<string, ReadonlySet<string>> {
    const [first = [], last = []] = this.#wanted();
    const chosen = new Map<string, Set<string>>();
    for (const id of [...first, ...[...this.#leftMs.keys()].toReversed(), ...last]) {
      const domain = this.#domainOf(id);
      if (domain === undefined) continue;
      const own = chosen.get(domain) ?? new Set();
      chosen.set(domain, own);
      if (own.size < MAX_LOOKED_AT) own.add(id);
    }
    return chosen;
  }

  #isLookedAt(id: string): boolean {
    for (const ids of this.#lookedAt.values()) if (ids.has(id)) return true;
    return false;
  }
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  if (one.size !== other.size) return false;
  for (const id of one) if (!other.has(id)) return false;
  return true;
}
