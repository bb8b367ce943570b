/** Services that left, which stay in view for a while. */
import type { ServiceRow } from './api.ts';

/** A service as it was before it left. */
export interface DepartedRow extends ServiceRow {
  /** When that was noticed: milliseconds since the epoch. */
  readonly leftMs: number;
  /** It left at some time since then, while nobody told: milliseconds since the epoch. Null when it was told as it happened. */
  readonly unwatchedSinceMs: number | null;
}
