/** What a window is to show, since a person asked for it outside of the window. */

/** The one row of its table. */
export interface CalloutRow {
  readonly id: 'herald';
  /** The `id` of a service's row, or null for all of a domain. */
  readonly service: string | null;
  /** The `id` of a domain's row, or null for all domains. */
  readonly domain: string | null;
  /** When that was asked: milliseconds since the epoch. */
  readonly atMs: number;
}
