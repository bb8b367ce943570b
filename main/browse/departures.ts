import type { ServiceRow } from '../contract/api.ts';
import type { Clock } from '../net/clock.ts';
import type { Publisher } from './publisher.ts';

/** For how long services that left stay in view, in milliseconds. */
export const STAYS_MS = 600_000;
/** So many stay at most; the first to leave make room. */
export const MAX_DEPARTED = 200;

/** The services that left a while ago: in view, so that whoever looks for one sees that it was there. */
export class Departures {
  readonly #clock: Clock;
  readonly #publisher: Publisher;
  /** When each is to go, by the id of its row, in the order in which they left. */
  readonly #dueMs = new Map<string, number>();
  #cancelTimer: () => void = () => undefined;

  constructor(clock: Clock, publisher: Publisher) {
    this.#clock = clock;
    this.#publisher = publisher;
  }

  /** A service left just now, or at some time since then, in milliseconds since the epoch. */
  add(row: ServiceRow, sinceMs: number | null): void {
    this.#dueMs.delete(row.id);
    this.#dueMs.set(row.id, this.#clock.nowMs() + STAYS_MS);
    this.#publisher.put('departed', { ...row, leftMs: this.#clock.wallMs(), unwatchedSinceMs: sinceMs });
    for (const id of this.#dueMs.keys()) {
      if (this.#dueMs.size <= MAX_DEPARTED) break;
      this.#drop(id);
    }
    this.#arm();
  }

  /** A service is there again, or nobody wants to see any longer that it left. */
  remove(id: string): void {
    this.#drop(id);
    this.#arm();
  }

  /** The same for all, or for those of one domain. */
  clear(domain?: string): void {
    for (const id of this.#dueMs.keys())
      if (domain === undefined || this.#publisher.get('departed', id)?.domain === domain) this.#drop(id);
    this.#arm();
  }

  #drop(id: string): void {
    this.#dueMs.delete(id);
    this.#publisher.drop('departed', id);
  }

  /** The one timer, for the one that left first. */
  #arm(): void {
    this.#cancelTimer();
    const [firstMs] = this.#dueMs.values();
    if (firstMs === undefined) return;
    this.#cancelTimer = this.#clock.at(firstMs, () => {
      for (const [id, dueMs] of this.#dueMs) if (dueMs <= this.#clock.nowMs()) this.#drop(id);
      this.#arm();
      this.#publisher.commit();
    });
  }
}
