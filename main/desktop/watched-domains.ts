import type { DomainRow } from '../contract/api.ts';
import type { WatchedDomain } from '../storage/settings.ts';

/**
 * The domains to keep for the next run: all that are watched but those of the demo network, each with what was known of
 * how to reach it.
 */
export function domainsToKeep(
  watched: readonly DomainRow[],
  known: readonly WatchedDomain[],
  demoDomains: readonly string[],
): WatchedDomain[] {
  return watched
    .filter((row) => !demoDomains.includes(row.name))
    .map(
      (row) =>
        known.find((domain) => domain.name === row.name) ?? { name: row.name, resolver: null, caFile: null },
    );
}
