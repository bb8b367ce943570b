import type { Pausable } from '../browse/pauser.ts';
import type { CalloutRow } from '../contract/callout.ts';
import type { FavouriteRow } from '../contract/favourite.ts';
import type { Snapshot, Update } from '../contract/api.ts';
import type { CommandResult, CoreCommand } from '../contract/command.ts';
import type { View } from '../contract/view.ts';

/** What the windows need of the browsing core; `Workspace` of main/browse is the real one. */
export interface Core extends Pausable {
  /** Every table as it stands. */
  snapshot(): Snapshot;
  /** Calls `listener` for every update from now on; the returned function ends that. */
  onUpdate(listener: (update: Update) => void): () => void;
  /** Does what a window asked for; a refusal is a value. */
  execute(command: CoreCommand): CommandResult | Promise<CommandResult>;
  /** What a window looks at from now on; null when it has gone, or its page. */
  look(window: number, view: View | null): void;
  /** Shows windows what a person keeps an eye on. */
  showFavourites(favourites: readonly FavouriteRow[]): void;
  /** Asks windows to show a service, a domain, or all there is. */
  callOut(callout: Omit<CalloutRow, 'id' | 'atMs'>): void;
  /** Ends every session gracefully, within about a second. */
  close(): Promise<void>;
}
