import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { DomainRow, ServiceRow } from '../main/contract/api.ts';
import { DetailsPane } from './details/details-pane.tsx';
import { useCallout } from './use-callout.ts';
import { useServiceCheck } from './details/use-service-check.ts';
import { DigestNotice } from './digest/digest-notice.tsx';
import type { Scope } from './services/filter.ts';
import { ServicesPane } from './services/services-pane.tsx';
import { AddDomain } from './sidebar/add-domain.tsx';
import { RemoveDomain } from './sidebar/remove-domain.tsx';
import { Sidebar } from './sidebar/sidebar.tsx';
import { Announcer } from './status/announcer.tsx';
import { PauseNotice } from './status/pause-notice.tsx';
import { WindowNotice } from './status/window-notice.tsx';
import { StatusBar } from './status/status-bar.tsx';
import { usePause } from './use-pause.ts';
import { usePresence } from './use-presence.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useStore } from './use-store.ts';
import { FIRST_VIEW, changeView } from './view.ts';
import { WhyPane } from './why/why-pane.tsx';

/** What a dialog is open for. */
type Asking = { readonly kind: 'add' } | { readonly kind: 'remove'; readonly domain: DomainRow } | null;

/** The browser window: domains, their services, the details of one, and how everything stands. */
export function App() {
  const [view, dispatch] = useReducer(changeView, FIRST_VIEW);
  const [asking, setAsking] = useState<Asking>(null);
  const filterField = useRef<HTMLInputElement>(null);
  const domain = useStore((state) =>
    view.scope.kind === 'domain' ? state.domains.get(view.scope.id) : undefined,
  );
  const explained = useStore((state) =>
    view.explained === null ? undefined : state.domains.get(view.explained),
  );
  const scope: Scope = view.scope.kind === 'domain' && domain === undefined ? FIRST_VIEW.scope : view.scope;

  const show = useCallback((next: Scope) => dispatch({ kind: 'show', scope: next }), []);
  const ask = useCallback(() => setAsking({ kind: 'add' }), []);
  const askToRemove = useCallback((asked: DomainRow) => setAsking({ kind: 'remove', domain: asked }), []);
  const explain = useCallback((domainId: string) => dispatch({ kind: 'explain', domainId }), []);
  const select = useCallback((row: ServiceRow) => dispatch({ kind: 'select', row }), []);
  const closeDetails = useCallback(() => dispatch({ kind: 'close-details' }), []);
  const closeDialog = useCallback(() => setAsking(null), []);
  const onAdded = useCallback((id: string) => {
    setAsking(null);
    dispatch({ kind: 'show', scope: { kind: 'domain', id } });
  }, []);
  const togglePause = usePause();
  const [check, beginCheck] = useServiceCheck();
  useShortcuts({
    filterField,
    view,
    dispatch,
    onAdd: ask,
    onCheck: beginCheck,
    onPause: togglePause,
    isAsking: asking !== null,
  });
  usePresence();
  useCallout(dispatch);

  return (
    <div className={view.selected === null && explained === undefined ? 'app' : 'app has-details'}>
      <div className="window-notices">
        <WindowNotice />
        <PauseNotice />
        <DigestNotice onSelect={select} />
      </div>
      <Sidebar scope={scope} onShow={show} onAdd={ask} onExplain={explain} onRemove={askToRemove} />
      <ServicesPane
        view={{ ...view, scope }}
        domain={domain}
        dispatch={dispatch}
        onAdd={ask}
        onPause={togglePause}
        filterField={filterField}
      />
      {view.selected === null ? null : (
        <DetailsPane chosen={view.selected} check={check} onCheck={beginCheck} onClose={closeDetails} />
      )}
      {explained === undefined ? null : <WhyPane domain={explained} onClose={closeDetails} />}
      <StatusBar onShow={show} />
      <Announcer />
      <PaintedRevision />
      {asking?.kind === 'add' ? <AddDomain onAdded={onAdded} onClose={closeDialog} /> : null}
      {asking?.kind === 'remove' ? <RemoveDomain domain={asking.domain} onClose={closeDialog} /> : null}
    </div>
  );
}

/**
 * Writes the revision that is in the document to `<html data-revision>`, for whoever waits for it from outside. A component
 * of its own: it renders for every update, and the rest of the window only for what it shows.
 */
function PaintedRevision(): null {
  const revision = useStore((state) => state.revision);
  useEffect(() => {
    document.documentElement.dataset['revision'] = String(revision);
  }, [revision]);
  return null;
}
