import { useContext, useEffect, useRef, useState } from 'react';
import { StoreContext, useStore } from './use-store.ts';
import type { ViewAction } from './view.ts';

/** A window that opens because of a click shows what was clicked on; an older callout was heeded by another one. In milliseconds. */
const FRESH_MS = 10_000;

/** Shows what a person asked for outside of the window, such as by a click on a notification. */
export function useCallout(dispatch: (action: ViewAction) => void): void {
  const store = useContext(StoreContext);
  const callout = useStore((state) => state.callouts.get('herald'));
  const [openedMs] = useState(Date.now);
  const heededMs = useRef(openedMs - FRESH_MS);
  useEffect(() => {
    if (callout === undefined || store === null || callout.atMs <= heededMs.current) return;
    heededMs.current = callout.atMs;
    const { services, departed } = store.state;
    const row =
      callout.service === null ? undefined : (services.get(callout.service) ?? departed.get(callout.service));
    dispatch({ kind: 'show', scope: { kind: 'all' } });
    dispatch({ kind: 'filter', text: '' });
    if (row !== undefined) dispatch({ kind: 'select', row });
  }, [callout, dispatch, store]);
}
