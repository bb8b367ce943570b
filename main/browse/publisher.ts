import type { Snapshot, TableName, Tables, TableUpdate, Update } from '../contract/api.ts';
import type { Clock } from '../net/clock.ts';

/** Under a stream of changes, updates leave at most this often; a window cannot paint much faster. */
export const UPDATE_INTERVAL_MS = 50;

/** One table: its rows, and what is different from what was last published. */
class Shelf<Row extends { readonly id: string }> {
  /** Every row by its id, or how to make it. */
  readonly #rows = new Map<string, Row | (() => Row)>();
  readonly #put = new Set<string>();
  readonly #drop = new Set<string>();

  get isDirty(): boolean {
    return this.#put.size + this.#drop.size > 0;
  }

  get rows(): readonly Row[] {
    return Array.from(this.#rows.keys(), (id) => this.get(id)!);
  }

  /** The row with this id, made if it is not yet. */
  get(id: string): Row | undefined {
    const row = this.#rows.get(id);
    if (typeof row !== 'function') return row;
    const made = row();
    this.#rows.set(id, made);
    return made;
  }

  put(id: string, row: Row | (() => Row)): void {
    this.#rows.set(id, row);
    this.#put.add(id);
    this.#drop.delete(id);
  }

  drop(id: string): void {
    if (!this.#rows.delete(id)) return;
    this.#put.delete(id);
    this.#drop.add(id);
  }

  /** The differences, which are none from now on. */
  take(): TableUpdate<Row> {
    const update = { put: Array.from(this.#put, (id) => this.get(id)!), drop: [...this.#drop] };
    this.#put.clear();
    this.#drop.clear();
    return update;
  }
}

/**
 * The tables that windows see. Rows are put and dropped as things happen; `commit` publishes what is different: at once
 * when nothing was published lately, else with the next of the regular updates. A row that changes twice in between is
 * sent once: the last write wins.
 */
export class Publisher {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #shelves: { readonly [T in TableName]: Shelf<Tables[T]> } = {
    activity: new Shelf(),
    domains: new Shelf(),
    ladders: new Shelf(),
    certificates: new Shelf(),
    services: new Shelf(),
    sessions: new Shelf(),
    departed: new Shelf(),
    digests: new Shelf(),
    favourites: new Shelf(),
    callouts: new Shelf(),
  };
  readonly #listeners = new Set<(update: Update) => void>();
  #revision = 0;
  #publishedMs = -Infinity;
  #isClosed = false;
  #cancelTimer: (() => void) | undefined;

  /** `intervalMs` is the least time between two updates; 0 publishes every commit at once. */
  constructor(clock: Clock, intervalMs: number) {
    this.#clock = clock;
    this.#intervalMs = intervalMs;
  }

  /** The row as of the last put, published or not. */
  get<T extends TableName>(table: T, id: string): Tables[T] | undefined {
    return this.#shelves[table].get(id);
  }

  /** Every row of a table, published or not. */
  rows<T extends TableName>(table: T): readonly Tables[T][] {
    return this.#shelves[table].rows;
  }

  /** Puts a row in place of the one with its id, if there is one. */
  put<T extends TableName>(table: T, row: Tables[T]): void {
    this.#shelves[table].put(row.id, row);
  }

  /** The same with a row that is made when it is published or asked for: one that changes faster than that is not made in vain. */
  putLater<T extends TableName>(table: T, id: string, make: () => Tables[T]): void {
    this.#shelves[table].put(id, make);
  }

  /** Makes these the rows of a table. */
  replace<T extends TableName>(table: T, rows: readonly Tables[T][]): void {
    const left = new Set(rows.map(({ id }) => id));
    for (const { id } of this.rows(table)) if (!left.has(id)) this.drop(table, id);
    for (const row of rows) this.put(table, row);
  }

  /** Drops the row with this id; one that is not there is no difference. */
  drop(table: TableName, id: string): void {
    this.#shelves[table].drop(id);
  }

  /** The end of a batch: what was put and dropped belongs together. */
  commit(): void {
    if (this.#isClosed || !this.#isDirty() || this.#cancelTimer !== undefined) return;
    const dueMs = this.#publishedMs + this.#intervalMs;
    if (dueMs <= this.#clock.nowMs()) this.#publish();
    else this.#cancelTimer = this.#clock.at(dueMs, () => this.#publish());
  }

  /** Everything as of the last update, which is published first if there is one to publish. */
  snapshot(): Snapshot {
    if (this.#isDirty()) this.#publish();
    const tables = this.#each((shelf) => shelf.rows);
    return { revision: this.#revision, tables: tables as Snapshot['tables'] };
  }

  /** Calls `listener` with every update from now on; the returned function ends that. */
  onUpdate(listener: (update: Update) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Publishes what is left; nothing is published after that, and no timer is left. */
  close(): void {
    this.#isClosed = true;
    if (this.#isDirty()) this.#publish();
  }

  #isDirty(): boolean {
    return Object.values(this.#shelves).some((shelf) => shelf.isDirty);
  }

  #publish(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#publishedMs = this.#clock.nowMs();
    this.#revision += 1;
    const tables = this.#each((shelf) => (shelf.isDirty ? shelf.take() : undefined)) as Update['tables'];
    const update: Update = { revision: this.#revision, tables };
    for (const listener of this.#listeners) listener(update);
  }

  /** Something of every table, by its name, but of those of which it is undefined. */
  #each<Value>(of: (shelf: Shelf<Tables[TableName]>) => Value | undefined): object {
    const shelves = Object.entries(this.#shelves as Readonly<Record<string, Shelf<Tables[TableName]>>>);
    return Object.fromEntries(
      shelves.flatMap(([name, shelf]) => {
        const value = of(shelf);
        return value === undefined ? [] : [[name, value]];
      }),
    );
  }
}
