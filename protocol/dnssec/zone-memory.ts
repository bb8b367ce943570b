import type { Name } from '../wire/name.ts';
import type { LastingTrust } from './zone-trust.ts';

/** A moment by two clocks: one that never goes back and may stand still while the machine sleeps, and the wall's. */
export interface Moment {
  readonly nowMs: number;
  /** Since 1970. */
  readonly wallMs: number;
}

/** More zones than a long day of browsing meets. */
const MAX_ZONES = 512;
/** No key is used longer without asking whether its parent still vouches for it. */
const MAX_LIFETIME_SECONDS = 86_400;

interface Entry {
  readonly trust: LastingTrust;
  readonly lifetimeMs: number;
  readonly since: Moment;
}

/** The zones whose keys were checked, and the names below which nothing is signed or known, for as long as that holds. */
export class ZoneMemory {
  /** By the name's key, the least recently stored first. */
  readonly #entries = new Map<string, Entry>();

  /** What is known of exactly this name as a zone. */
  get(name: Name, now: Moment): LastingTrust | undefined {
    const entry = this.#entries.get(name.key);
    if (entry === undefined) return undefined;
    // Whichever clock saw more time pass counts: one stands still in sleep, the other may be set back.
    const ageMs = Math.max(now.nowMs - entry.since.nowMs, now.wallMs - entry.since.wallMs);
    if (ageMs < entry.lifetimeMs) return entry.trust;
    this.#entries.delete(name.key);
    return undefined;
  }

  /** What is known of the closest zone from a name up to `top`, and where. */
  closest(
    name: Name,
    top: Name,
    now: Moment,
  ): { readonly at: Name; readonly trust: LastingTrust } | undefined {
    for (let at = name; ; at = at.parent) {
      const trust = this.get(at, now);
      if (trust !== undefined) return { at, trust };
      if (at.labelCount <= top.labelCount) return undefined;
    }
  }

  put(name: Name, trust: LastingTrust, ttlSeconds: number, now: Moment): void {
    this.#entries.delete(name.key);
    if (ttlSeconds <= 0) return;
    const lifetimeMs = Math.min(ttlSeconds, MAX_LIFETIME_SECONDS) * 1000;
    this.#entries.set(name.key, { trust, lifetimeMs, since: now });
    if (this.#entries.size > MAX_ZONES) this.#entries.delete(this.#entries.keys().next().value!);
  }

  /** Forgets everything: on another network another resolver answers. */
  clear(): void {
    this.#entries.clear();
  }
}
