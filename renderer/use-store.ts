import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { State, Store } from './store.ts';

/** The store of this window, for every component under it. */
export const StoreContext = createContext<Store | null>(null);

/** The part of the state that `select` takes; the component renders again only when that part is another one. */
export function useStore<Part>(select: (state: State) => Part): Part {
  const store = useContext(StoreContext);
  if (store === null) throw new TypeError('useStore outside of StoreContext');
  const subscribe = useCallback((listener: () => void) => store.subscribe(listener), [store]);
  return useSyncExternalStore(subscribe, () => select(store.state));
}
