import type { ServiceRow } from '../../main/contract/api.ts';
import type { DepartedRow } from '../../main/contract/departed.ts';
import type { FavouriteRow } from '../../main/contract/favourite.ts';
import type { Table } from '../table.ts';
import type { AbsentRow } from './absent.ts';
import { regroup } from './grouping.ts';
import type { ServiceGroup } from './grouping.ts';

/** The services that a person keeps an eye on, whether they are there or not, grouped by type and sorted. */
export function watchedGroups(
  favourites: Table<FavouriteRow>,
  services: Table<ServiceRow>,
  departed: Table<DepartedRow>,
): readonly ServiceGroup[] {
  const rows: ServiceRow[] = [];
  for (const favourite of favourites.values()) {
    if (favourite.kind !== 'service') continue;
    rows.push(services.get(favourite.id) ?? departed.get(favourite.id) ?? absentRow(favourite));
  }
  return regroup([], [], rows);
}

function absentRow(favourite: Extract<FavouriteRow, { readonly kind: 'service' }>): AbsentRow {
  const { id, domain, type, typeName, category, instance, lastSeenMs } = favourite;
  const unknown = { host: null, port: null, addresses: null, txt: null } as const;
  const known = { id, domain, type, typeName, category, instance, lastSeenMs };
  return {
    ...known,
    ...unknown,
    via: 'push',
    standing: 'cached',
    details: 'unasked',
    sinceMs: 0,
    changedMs: 0,
  };
}
