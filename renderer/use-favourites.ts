import { useCallback } from 'react';
import type { FavouriteRow } from '../main/contract/favourite.ts';
import { useSend } from './api-context.ts';
import type { Table } from './table.ts';
import { useStore } from './use-store.ts';

/** What a person keeps an eye on, and the way to begin or end that for a service or a domain. */
export interface FavouriteControl {
  readonly favourites: Table<FavouriteRow>;
  readonly toggle: (kind: FavouriteRow['kind'], id: string) => void;
}

/** What a person keeps an eye on, and the way to change that. */
export function useFavourites(): FavouriteControl {
  const send = useSend();
  const favourites = useStore((state) => state.favourites);
  const toggle = useCallback(
    (kind: FavouriteRow['kind'], id: string): void => {
      const isWatched = favourites.get(id) !== undefined;
      const watch = kind === 'service' ? 'watch-service' : 'watch-domain';
      void send({ kind: isWatched ? 'unwatch' : watch, id }); // the table says how it went
    },
    [favourites, send],
  );
  return { favourites, toggle };
}
