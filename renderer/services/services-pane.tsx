import { useCallback, useDeferredValue, useEffect, useMemo } from 'react';
import type { RefObject } from 'react';
import type { DomainRow } from '../../main/contract/api.ts';
import { useSend } from '../api-context.ts';
import { ListBdi } from '../common/bdi.tsx';
import { Icon } from '../common/icon.tsx';
import { PauseButton } from '../status/pause-button.tsx';
import { counted } from '../text.ts';
import { useFavourites } from '../use-favourites.ts';
import { useStore } from '../use-store.ts';
import type { ViewAction, ViewState } from '../view.ts';
import { DomainBanner } from './domain-banner.tsx';
import { countDeparted, countServices, filterWords, narrowed } from './filter.ts';
import type { Scope } from './filter.ts';
import type { ServiceGroup } from './grouping.ts';
import { NO_ROWS_NEEDED, neededRows } from './needed-rows.ts';
import { NothingToShow } from './nothing-to-show.tsx';
import { ServiceList } from './service-list.tsx';
import { useViewTeller } from './use-view-teller.ts';
import { watchedGroups } from './watching.ts';

export interface ServicesPaneProps {
  readonly view: ViewState;
  /** The domain that is looked at; undefined for the library. */
  readonly domain: DomainRow | undefined;
  readonly dispatch: (action: ViewAction) => void;
  readonly onAdd: () => void;
  readonly onPause: () => void;
  readonly filterField: RefObject<HTMLInputElement | null>;
}

/** The services of what is looked at, with a title, a filter, and words where there is nothing to list. */
export function ServicesPane({ view, domain, dispatch, onAdd, onPause, filterField }: ServicesPaneProps) {
  const all = useStore((state) => state.groups);
  const services = useStore((state) => state.services);
  const departed = useStore((state) => state.departed);
  const { favourites, toggle } = useFavourites();
  const onWatch = useCallback((id: string) => toggle('service', id), [toggle]);
  const isWatching = view.scope.kind === 'watching';
  const groups = useMemo(
    () => (isWatching ? watchedGroups(favourites, services, departed) : all),
    [isWatching, favourites, services, departed, all],
  );
  const send = useSend();
  const domains = useStore((state) => state.domains);
  const filter = useDeferredValue(view.filter);
  const inScope = useNarrowed(groups, view.scope, '');
  const shown = useNarrowed(inScope, view.scope, filter);
  const total = useMemo(() => countServices(inScope), [inScope]);
  const count = useMemo(() => countServices(shown), [shown]);
  const left = useMemo(() => countDeparted(shown), [shown]);
  const isFiltered = view.filter.trim() !== '';
  const needed = useMemo(() => (isFiltered ? neededRows(inScope) : NO_ROWS_NEEDED), [isFiltered, inScope]);
  const teller = useViewTeller();
  const details = view.selected?.id ?? null;
  useEffect(() => teller.see({ details, needed: needed.ids }), [teller, details, needed]);
  const onSee = useCallback((rows: readonly string[]) => teller.see({ rows }), [teller]);
  const clear = (id?: string): void => void send({ kind: 'clear-departed', id }); // their rows go
  const name = titleOf(view.scope, domain);
  const explain = (domainId: string): void => dispatch({ kind: 'explain', domainId });

  return (
    <main className="content" aria-label={name} data-pane>
      <header className="content-header">
        <div className="content-title">
          <h1>
            <ListBdi text={name} />
          </h1>
          <p className="content-count" role="status">
            {total === 0 && domain?.state !== 'live'
              ? null
              : isFiltered
                ? `${count.toLocaleString('en')} of ${counted(total, 'service')}`
                : counted(total, 'service')}
          </p>
          {left === 0 ? null : (
            <button
              type="button"
              className="content-left"
              title="Take those that left out of the list"
              onClick={() => clear()}
            >
              {left.toLocaleString('en')} left · Clear
            </button>
          )}
        </div>
        <label className="filter">
          <Icon name="search" />
          <input
            ref={filterField}
            type="search"
            value={view.filter}
            onChange={(event) => dispatch({ kind: 'filter', text: event.target.value })}
            placeholder="Filter"
            aria-label="Filter by name, host, address or TXT"
            spellCheck={false}
            maxLength={200}
          />
          {isFiltered ? null : <kbd aria-hidden="true">/</kbd>}
        </label>
        <PauseButton onToggle={onPause} />
      </header>
      {needed.byNameOnly === 0 ? null : <FilterLimit count={needed.byNameOnly} />}
      {domain === undefined || total === 0 ? null : <DomainBanner domain={domain} onExplain={explain} />}
      {shown.length > 0 ? (
        <ServiceList
          groups={shown}
          find={(id) => services.get(id) ?? departed.get(id)}
          domains={domains}
          viewKey={`${view.scope.kind} ${domain?.id ?? ''} ${filter}`}
          active={view.active}
          selected={view.selected?.id ?? null}
          onSee={onSee}
          onSelect={(row) => dispatch({ kind: 'select', row })}
          onActivate={(row) => dispatch({ kind: 'activate', row })}
          favourites={favourites}
          onWatch={onWatch}
          onClear={({ id }) => clear(id)}
          label={`Services, ${name}`}
          isOneDomain={domain !== undefined}
        />
      ) : (
        <NothingToShow
          scope={view.scope}
          domain={domain}
          filter={view.filter}
          total={total}
          onClearFilter={() => dispatch({ kind: 'filter', text: '' })}
          onShowAll={() => dispatch({ kind: 'show', scope: { kind: 'all' } })}
          onAdd={onAdd}
          onExplain={explain}
        />
      )}
    </main>
  );
}

/** That a filter cannot find everything, where there is more than is looked at at a time. */
function FilterLimit({ count }: { readonly count: number }) {
  return (
    <p className="filter-limit" role="note">
      {counted(count, 'service')} matched by name and type only: Herald asks for the details of 256 a domain
      at a time.
    </p>
  );
}

function titleOf(scope: Scope, domain: DomainRow | undefined): string {
  if (domain !== undefined) return domain.name;
  if (scope.kind === 'watching') return 'Watching';
  return scope.kind === 'printers' ? 'Printers' : 'All services';
}

/** The groups narrowed to a view; what became of a group is remembered as long as the view stays the same. */
function useNarrowed(groups: readonly ServiceGroup[], scope: Scope, filter: string): readonly ServiceGroup[] {
  const memory = useMemo(
    () => ({
      view: { scope, words: filterWords(filter) },
      known: new WeakMap<ServiceGroup, ServiceGroup | null>(),
    }),
    [scope, filter],
  );
  return useMemo(() => narrowed(groups, memory.view, memory.known), [groups, memory]);
}
