import type { MAX_LOOKED_AT, MAX_ROWS_NEEDED } from '../../main/contract/view.ts';
import { isAbsent } from './absent.ts';
import { isDeparted } from './departed.ts';
import type { ServiceGroup } from './grouping.ts';

/** As many of a domain as the main process looks at, on the screen and off it; and as many as a view may name. */
const MOST_OF_A_DOMAIN: typeof MAX_LOOKED_AT = 256;
const MOST: typeof MAX_ROWS_NEEDED = 4096;

/** The services that a filter looks through. */
export interface NeededRows {
  /** The ids of those whose details it needs. */
  readonly ids: readonly string[];
  /** How many are beyond what may be needed and have never been looked at, so that only their names and types are filtered by. */
  readonly byNameOnly: number;
}

/** What is needed where nothing is filtered. */
export const NO_ROWS_NEEDED: NeededRows = { ids: [], byNameOnly: 0 };

/** What a filter needs to be able to find by host, address and TXT: the first services of each domain, in the order of the list. */
export function neededRows(groups: readonly ServiceGroup[]): NeededRows {
  const counts = new Map<string, number>();
  const ids: string[] = [];
  let byNameOnly = 0;
  for (const { rows } of groups) {
    for (const row of rows) {
      if (isDeparted(row) || isAbsent(row)) continue;
      const count = counts.get(row.domain) ?? 0;
      counts.set(row.domain, count + 1);
      if (count < MOST_OF_A_DOMAIN && ids.length < MOST) ids.push(row.id);
      else if (row.details === 'unasked') byNameOnly += 1;
    }
  }
  return { ids, byNameOnly };
}
