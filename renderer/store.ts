/**
 * What the window knows: the tables of the main process as of a revision. `reduce` is the whole of the logic and is
 * pure; `Store` reads the snapshot whenever the state says that it needs one.
 */
import type { ActivityRow } from '../main/contract/activity.ts';
import type {
  BrowserApi,
  DomainRow,
  ServiceRow,
  SessionRow,
  Snapshot,
  TableUpdate,
  Update,
} from '../main/contract/api.ts';
import type { CalloutRow } from '../main/contract/callout.ts';
import type { DepartedRow } from '../main/contract/departed.ts';
import type { DigestRow } from '../main/contract/digest.ts';
import type { FavouriteRow } from '../main/contract/favourite.ts';
import type { LadderRow } from '../main/contract/ladder.ts';
import type { CertificateRow } from '../main/contract/trust.ts';
import { cameWhileWatching, leftWhileWatching } from './services/freshness.ts';
import { regroup } from './services/grouping.ts';
import type { ServiceGroup } from './services/grouping.ts';
import { Table } from './table.ts';
import { unreachable } from './unreachable.ts';

/**
 * How the state stands to the main process. `reading`: a snapshot is on its way and later updates wait for it.
 * `current`: every update up to `revision` is in. `lost`: the main process did not answer.
 */
export type Footing =
  | { readonly kind: 'reading'; readonly waiting: readonly Update[] }
  | { readonly kind: 'current' }
  | { readonly kind: 'lost'; readonly reason: string };

/** Everything the window shows, as of `revision`; -1 before the first snapshot. */
export interface State {
  readonly footing: Footing;
  readonly revision: number;
  readonly activity: Table<ActivityRow>;
  readonly domains: Table<DomainRow>;
  readonly ladders: Table<LadderRow>;
  readonly certificates: Table<CertificateRow>;
  readonly services: Table<ServiceRow>;
  readonly sessions: Table<SessionRow>;
  readonly departed: Table<DepartedRow>;
  readonly digests: Table<DigestRow>;
  readonly favourites: Table<FavouriteRow>;
  readonly callouts: Table<CalloutRow>;
  /** The services and those that left, grouped by type and sorted. */
  readonly groups: readonly ServiceGroup[];
  /** When a service last appeared, changed or left, as far as we know, in milliseconds since the epoch; null while none did. */
  readonly lastChangeMs: number | null;
  /**
   * How many services appeared and left while we watched, since the window opened; a snapshot counts nothing, nor does what
   * had happened before a domain settled.
   */
  readonly appeared: number;
  readonly left: number;
}

/** What can happen to the state. `atMs` is the time it happened, in milliseconds since the epoch. */
export type StoreEvent =
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot; readonly atMs: number }
  | { readonly kind: 'update'; readonly update: Update; readonly atMs: number }
  | { readonly kind: 'lost'; readonly reason: string };

/** A window that is loading keeps at most this many updates; beyond that it reads the snapshot once more. */
const MAX_WAITING = 1000;

/** The state of a window that has just opened. */
export const EMPTY: State = {
  footing: { kind: 'reading', waiting: [] },
  revision: -1,
  activity: Table.of<ActivityRow>([]),
  domains: Table.of<DomainRow>([]),
  ladders: Table.of<LadderRow>([]),
  certificates: Table.of<CertificateRow>([]),
  services: Table.of<ServiceRow>([]),
  sessions: Table.of<SessionRow>([]),
  departed: Table.of<DepartedRow>([]),
  digests: Table.of<DigestRow>([]),
  favourites: Table.of<FavouriteRow>([]),
  callouts: Table.of<CalloutRow>([]),
  groups: [],
  lastChangeMs: null,
  appeared: 0,
  left: 0,
};

/** The state after an event. */
export function reduce(state: State, event: StoreEvent): State {
  switch (event.kind) {
    case 'snapshot':
      return afterSnapshot(state, event.snapshot, event.atMs);
    case 'update':
      return afterUpdate(state, event.update, event.atMs);
    case 'lost':
      return { ...state, footing: { kind: 'lost', reason: event.reason } };
    default:
      return unreachable(event);
  }
}

function afterSnapshot(state: State, snapshot: Snapshot, atMs: number): State {
  const waiting = state.footing.kind === 'reading' ? state.footing.waiting : [];
  const services = Table.of(snapshot.tables.services);
  const rows = [...services.values()];
  const read: State = {
    ...state,
    footing: { kind: 'current' },
    revision: snapshot.revision,
    activity: Table.of(snapshot.tables.activity),
    domains: Table.of(snapshot.tables.domains),
    ladders: Table.of(snapshot.tables.ladders),
    certificates: Table.of(snapshot.tables.certificates),
    services,
    sessions: Table.of(snapshot.tables.sessions),
    departed: Table.of(snapshot.tables.departed),
    digests: Table.of(snapshot.tables.digests),
    favourites: Table.of(snapshot.tables.favourites),
    callouts: Table.of(snapshot.tables.callouts),
    groups: regroup([], [], [...rows, ...snapshot.tables.departed]),
    lastChangeMs: rows.reduce<number | null>(
      (last, row) => Math.max(last ?? 0, row.changedMs),
      state.lastChangeMs,
    ),
  };
  return waiting.reduce((next, update) => afterUpdate(next, update, atMs), read);
}

function afterUpdate(state: State, update: Update, atMs: number): State {
  const { footing } = state;
  if (footing.kind !== 'current') {
    const waiting = footing.kind === 'reading' ? footing.waiting.slice(-MAX_WAITING + 1) : [];
    return { ...state, footing: { kind: 'reading', waiting: [...waiting, update] } };
  }
  if (update.revision <= state.revision) return state;
  if (update.revision !== state.revision + 1) {
    return { ...state, footing: { kind: 'reading', waiting: [update] } };
  }

  const { activity, callouts, certificates, digests, domains, favourites, ladders, sessions } = update.tables;
  const next: State = {
    ...state,
    revision: update.revision,
    activity: activity === undefined ? state.activity : state.activity.apply(activity),
    domains: domains === undefined ? state.domains : state.domains.apply(domains),
    ladders: ladders === undefined ? state.ladders : state.ladders.apply(ladders),
    certificates: certificates === undefined ? state.certificates : state.certificates.apply(certificates),
    sessions: sessions === undefined ? state.sessions : state.sessions.apply(sessions),
    digests: digests === undefined ? state.digests : state.digests.apply(digests),
    favourites: favourites === undefined ? state.favourites : state.favourites.apply(favourites),
    callouts: callouts === undefined ? state.callouts : state.callouts.apply(callouts),
  };
  const { services = NOTHING, departed = NOTHING } = update.tables;
  return services === departed ? next : withServices(next, services, departed, atMs);
}

/** What an update says of a table that it does not name. */
const NOTHING: TableUpdate<never> = { put: [], drop: [] };

/** Services come, go and leave together: one that leaves is in both tables' updates. */
function withServices(
  state: State,
  update: TableUpdate<ServiceRow>,
  departing: TableUpdate<DepartedRow>,
  atMs: number,
): State {
  const services = state.services.apply(update);
  const departed = state.departed.apply(departing);
  const touched = new Set([...idsOf(update), ...idsOf(departing)]);
  const gone: ServiceRow[] = [];
  const come: ServiceRow[] = [];
  let appeared = 0;
  let left = 0;
  let lastChangeMs = state.lastChangeMs ?? 0;
  const domainOf = (row: ServiceRow): DomainRow | undefined => state.domains.get(row.domain);
  for (const id of touched) {
    const before = state.services.get(id);
    const after = services.get(id);
    const shownBefore = before ?? state.departed.get(id);
    const shownAfter = after ?? departed.get(id);
    if (shownBefore !== undefined) gone.push(shownBefore);
    if (shownAfter !== undefined) come.push(shownAfter);
    lastChangeMs = Math.max(lastChangeMs, after?.changedMs ?? 0);
    if (before === undefined && after !== undefined && cameWhileWatching(after, domainOf(after)))
      appeared += 1;
    if (before === undefined || after !== undefined || !leftWhileWatching(before, domainOf(before))) continue;
    // A name that turned out only to be reserved when somebody looked never was a service.
    if (before.details !== 'watched' && departed.get(id) === undefined) continue;
    left += 1;
    lastChangeMs = Math.max(lastChangeMs, atMs);
  }
  if (gone.length === 0 && come.length === 0) return { ...state, services, departed };
  return {
    ...state,
    services,
    departed,
    groups: regroup(state.groups, gone, come),
    lastChangeMs: lastChangeMs === 0 ? null : lastChangeMs,
    appeared: state.appeared + appeared,
    left: state.left + left,
  };
}

function idsOf({ put, drop }: TableUpdate<{ readonly id: string }>): readonly string[] {
  return [...drop, ...put.map(({ id }) => id)];
}

/** Keeps a `State` in step with the main process and tells its listeners of every new one. */
export class Store {
  readonly #api: BrowserApi;
  readonly #nowMs: () => number;
  readonly #listeners = new Set<() => void>();
  readonly #stop: () => void;
  #state = EMPTY;
  #asking = false;
  #closed = false;

  /** `nowMs` reads the wall clock, in milliseconds since the epoch. */
  constructor(api: BrowserApi, nowMs: () => number) {
    this.#api = api;
    this.#nowMs = nowMs;
    this.#stop = api.onUpdate((update) => this.#take({ kind: 'update', update, atMs: this.#nowMs() }));
    void this.#readSnapshot(); // it shows itself when it comes
  }

  get state(): State {
    return this.#state;
  }

  /** Calls `listener` after every change of `state`; the returned function ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Reads the snapshot again after the main process did not answer. */
  retry(): void {
    if (!this.#asking) void this.#readSnapshot(); // it shows itself when it comes
  }

  /** Ends the subscription; the state stands still from now on. */
  close(): void {
    this.#closed = true;
    this.#stop();
    this.#listeners.clear();
  }

  #take(event: StoreEvent): void {
    if (this.#closed) return;
    const before = this.#state;
    this.#state = reduce(before, event);
    if (this.#state.footing.kind === 'reading' && !this.#asking) void this.#readSnapshot(); // a gap: as at the start
    if (this.#state !== before) for (const listener of this.#listeners) listener();
  }

  async #readSnapshot(): Promise<void> {
    this.#asking = true;
    const event = await this.#api.snapshot().then(
      (snapshot): StoreEvent => ({ kind: 'snapshot', snapshot, atMs: this.#nowMs() }),
      (error: unknown): StoreEvent => ({ kind: 'lost', reason: String(error) }),
    );
    this.#asking = false;
    this.#take(event);
  }
}
