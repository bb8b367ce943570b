import type { Snapshot, Update } from '../../contract/api.ts';
import type { CalloutRow } from '../../contract/callout.ts';
import type { FavouriteRow } from '../../contract/favourite.ts';
import type { CommandResult, CoreCommand } from '../../contract/command.ts';
import type { View } from '../../contract/view.ts';
import type { Core } from '../core.ts';

/** A core without a network: tests publish its updates and read what it was asked. */
export class FakeCore implements Core {
  readonly asked: CoreCommand[] = [];
  isClosed = false;
  /** What it was told to call out. */
  readonly callouts: Omit<CalloutRow, 'id' | 'atMs'>[] = [];
  /** What it was last told to show of favourites. */
  favourites: readonly FavouriteRow[] = [];
  /** What it was told that windows look at. */
  readonly views: (readonly [window: number, view: View | null])[] = [];
  #snapshot: Snapshot;
  readonly #listeners = new Set<(update: Update) => void>();

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  /** How many listen to updates. */
  get listeners(): number {
    return this.#listeners.size;
  }

  /** Makes `tables` the next revision and tells every listener; the snapshot is what `after` says it is then. */
  publish(tables: Update['tables'], after: Snapshot['tables'] = this.#snapshot.tables): void {
    const revision = this.#snapshot.revision + 1;
    this.#snapshot = { revision, tables: after };
    for (const listener of this.#listeners) listener({ revision, tables });
  }

  snapshot(): Snapshot {
    return this.#snapshot;
  }

  onUpdate(listener: (update: Update) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  execute(command: CoreCommand): CommandResult {
    this.asked.push(command);
    return { ok: true };
  }

  pause(): Promise<void> {
    return Promise.resolve();
  }

  narrow(): void {}

  resume(): void {}

  suspect(): void {}

  showActivity(): void {}

  callOut(callout: Omit<CalloutRow, 'id' | 'atMs'>): void {
    this.callouts.push(callout);
  }

  look(window: number, view: View | null): void {
    this.views.push([window, view]);
  }

  showFavourites(favourites: readonly FavouriteRow[]): void {
    this.favourites = favourites;
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}
