import type { DomainRow } from '../contract/api.ts';
import type { WatchedDomain } from '../storage/settings.ts';

/**
 * The domains to keep for the next run: all that are watched but those of the demo network, each with what was known of
 * how to reach it, or with where it belongs if it is new.
 */
export function domainsToKeep(
  watched: readonly DomainRow[],
  known: readonly WatchedDomain[],
  demoDomains: readonly string[],
  newPlace: (name: string) => Pick<WatchedDomain, 'place'>,
): WatchedDomain[] {
  return watched
    .filter((row) => !demoDomains.includes(row.name))
    .map(
      (row) =>
        known.find((domain) => domain.name === row.name) ?? {
          name: row.name,
          resolver: null,
          caFile: null,
          ...newPlace(row.name),
        },
    );
}
