import type { ServiceRow } from '../contract/api.ts';
import type { FavouriteRow } from '../contract/favourite.ts';
import type { FollowedTypes } from '../../protocol/dnssd/type-list.ts';
import { parseName } from '../../protocol/wire/name.ts';

/** The types that are followed for the sake of favourites, by the ids of the domains' rows; all of a domain that is one itself. */
export function typesOfFavourites(favourites: Iterable<FavouriteRow>): ReadonlyMap<string, FollowedTypes> {
  const all = new Map<string, FollowedTypes>();
  for (const favourite of favourites) {
    if (favourite.kind === 'domain') {
      all.set(favourite.id, 'everything');
      continue;
    }
    const known = all.get(favourite.domain) ?? new Set();
    const key = typeKey(favourite.type);
    if (known !== 'everything' && key !== undefined) all.set(favourite.domain, new Set([...known, key]));
  }
  return all;
}

/** Whether a service is of a type that is followed. */
export function isFollowed(types: FollowedTypes, { type }: Pick<ServiceRow, 'type'>): boolean {
  if (types === 'everything') return true;
  const key = typeKey(type);
  return key !== undefined && types.has(key);
}

/** Whether these include a type that those do not. */
export function isWider(types: FollowedTypes, than: FollowedTypes): boolean {
  if (than === 'everything') return false;
  return types === 'everything' || [...types].some((key) => !than.has(key));
}

/** The key of a type as rows say it. */
function typeKey(type: string): string | undefined {
  const parsed = parseName(type);
  return parsed.ok ? parsed.name.key : undefined;
}
