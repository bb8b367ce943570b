import type { Snapshot, Update } from '../contract/api.ts';
import type { Command, CommandResult } from '../contract/command.ts';

/** What the windows need of the browsing core; `Workspace` of main/browse is the real one. */
export interface Core {
  /** Every table as it stands. */
  snapshot(): Snapshot;
  /** Calls `listener` for every update from now on; the returned function ends that. */
  onUpdate(listener: (update: Update) => void): () => void;
  /** Does what a window asked for; a refusal is a value. */
  execute(command: Command): CommandResult | Promise<CommandResult>;
  /** Ends every session gracefully, within about a second. */
  close(): Promise<void>;
}
