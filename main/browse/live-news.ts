import type { ServiceRow } from '../contract/api.ts';
import type { Clock } from '../net/clock.ts';
import { changedFields } from './row-differences.ts';
import type { NewsWitness, ServiceNews } from './service-news.ts';

/** What happens to a service within this is one thing: its records come and go one by one. In milliseconds. */
const GATHER_MS = 1_000;

/** A service to which something happened that is not told yet. */
interface Open {
  /** As it was before; undefined when it was not there. */
  readonly before: ServiceRow | undefined;
  readonly atMs: number;
  /** Since when it was in doubt, if that was what happened first. */
  readonly doubtedMs: number | null;
  /** When it is to be told, by the clock's `nowMs`; Infinity while it is in doubt what there is to tell. */
  dueMs: number;
}

/** Tells what happens to the services of a domain that has settled, as soon as it is certain what that is. */
export class LiveNews {
  readonly #clock: Clock;
  readonly #witness: NewsWitness;
  readonly #rowOf: (id: string) => ServiceRow | undefined;
  readonly #open = new Map<string, Open>();
  #cancelTimer: () => void = () => undefined;

  /** `rowOf` gives a service as it is shown now. */
  constructor(clock: Clock, witness: NewsWitness, rowOf: (id: string) => ServiceRow | undefined) {
    this.#clock = clock;
    this.#witness = witness;
    this.#rowOf = rowOf;
  }

  /** A service is shown otherwise than before, or for the first time. */
  put(id: string, before: ServiceRow | undefined, isLive: boolean): void {
    const open = this.#opened(id, before, isLive);
    open.dueMs = isLive ? Math.min(open.dueMs, this.#clock.nowMs() + GATHER_MS) : Infinity;
    this.#arm();
  }

  /** Whether anybody vouches for a service is to be told with what happened to it, if something did; that itself is no news. */
  stand(id: string, isLive: boolean): void {
    if (this.#open.has(id)) this.put(id, undefined, isLive);
  }

  /** A service is no longer shown; as it last was. */
  left(row: ServiceRow): void {
    const open = this.#opened(row.id, row, true);
    open.dueMs = Math.min(open.dueMs, this.#clock.nowMs() + GATHER_MS);
    this.#arm();
  }

  /** Tells at once what is certain, and forgets the rest: the domain is lost. */
  end(): void {
    this.#tell(Infinity);
    this.#open.clear();
    this.#cancelTimer();
  }

  #opened(id: string, before: ServiceRow | undefined, isLive: boolean): Open {
    const atMs = this.#clock.wallMs();
    // What comes back has records from before in doubt, and comes now all the same: its name is listed.
    const doubtedMs = isLive || before === undefined ? null : atMs;
    const open = this.#open.get(id) ?? { before, atMs, doubtedMs, dueMs: Infinity };
    this.#open.set(id, open);
    return open;
  }

  #tell(untilMs: number): void {
    const news: ServiceNews[] = [];
    for (const [id, open] of this.#open) {
      if (open.dueMs > untilMs || open.dueMs === Infinity) continue;
      this.#open.delete(id);
      news.push(...this.#newsOf(id, open));
    }
    if (news.length > 0) this.#witness.told(news, null);
  }

  #newsOf(id: string, { before, atMs, doubtedMs: sinceMs }: Open): readonly ServiceNews[] {
    const row = this.#rowOf(id);
    if (row === undefined) {
      return before === undefined ? [] : [{ event: 'left', row: before, changed: [], atMs, sinceMs }];
    }
    if (before === undefined) return [{ event: 'appeared', row, changed: [], atMs, sinceMs }];
    const changed = changedFields(before, row);
    return changed.length === 0 ? [] : [{ event: 'changed', row, changed, atMs, sinceMs }];
  }

  /** The one timer, for what is due first. */
  #arm(): void {
    this.#cancelTimer();
    const dueMs = Math.min(...Array.from(this.#open.values(), (open) => open.dueMs));
    this.#cancelTimer = this.#clock.at(dueMs, () => {
      this.#tell(this.#clock.nowMs());
      this.#arm();
    });
  }
}
