import { useCallback, useMemo } from 'react';
import type { KeyboardEvent } from 'react';
import type { DomainRow } from '../../main/contract/api.ts';
import { Icon } from '../common/icon.tsx';
import { IconButton } from '../common/icon-button.tsx';
import type { IconName } from '../common/icon.tsx';
import { sortedDomains } from '../domain-state.ts';
import type { Scope } from '../services/filter.ts';
import { counted } from '../text.ts';
import { useFavourites } from '../use-favourites.ts';
import { useStore } from '../use-store.ts';
import { DomainEntry } from './domain-entry.tsx';

export interface SidebarProps {
  readonly scope: Scope;
  readonly onShow: (scope: Scope) => void;
  readonly onAdd: () => void;
  readonly onExplain: (domainId: string) => void;
  readonly onRemove: (domain: DomainRow) => void;
}

/** What can be looked at: the library over all domains, and each domain with how it stands. */
export function Sidebar({ scope, onShow, onAdd, onExplain, onRemove }: SidebarProps) {
  const domainTable = useStore((state) => state.domains);
  const services = useStore((state) => state.services.size);
  const groups = useStore((state) => state.groups);
  const { favourites, toggle } = useFavourites();
  const watched = useMemo(
    () => [...favourites.values()].filter(({ kind }) => kind === 'service').length,
    [favourites],
  );
  const watchDomain = useCallback((id: string) => toggle('domain', id), [toggle]);
  const domains = useMemo(() => sortedDomains(domainTable.values()), [domainTable]);
  const printers = groups.reduce((sum, group) => sum + (group.category === 'printer' ? group.present : 0), 0);

  return (
    <nav className="sidebar" aria-label="Library and domains" data-pane onKeyDown={moveAmongEntries}>
      <h2 className="sidebar-label">Library</h2>
      <ul className="entries">
        <LibraryEntry
          icon="printer"
          name="Printers"
          count={printers}
          noun="printer"
          isShown={scope.kind === 'printers'}
          onShow={() => onShow({ kind: 'printers' })}
        />
        <LibraryEntry
          icon="all"
          name="All services"
          count={services}
          noun="service"
          isShown={scope.kind === 'all'}
          onShow={() => onShow({ kind: 'all' })}
        />
        <LibraryEntry
          icon="star"
          name="Watching"
          count={watched}
          noun="service"
          isShown={scope.kind === 'watching'}
          onShow={() => onShow({ kind: 'watching' })}
        />
      </ul>
      <div className="sidebar-heading">
        <h2 className="sidebar-label">Domains</h2>
        <IconButton icon="add" label="Add a domain" hint="Add a domain (Ctrl+N)" onPress={onAdd} />
      </div>
      {domains.length === 0 ? <p className="sidebar-hint">None yet.</p> : null}
      <ul className="entries">
        {domains.map((domain) => (
          <DomainEntry
            key={domain.id}
            domain={domain}
            isShown={scope.kind === 'domain' && scope.id === domain.id}
            isWatched={favourites.get(domain.id) !== undefined}
            onWatch={watchDomain}
            onShow={onShow}
            onExplain={onExplain}
            onRemove={onRemove}
          />
        ))}
      </ul>
    </nav>
  );
}

function LibraryEntry(props: {
  readonly icon: IconName;
  readonly name: string;
  readonly count: number;
  readonly noun: string;
  readonly isShown: boolean;
  readonly onShow: () => void;
}) {
  const { icon, name, count, noun, isShown, onShow } = props;
  return (
    <li className="entry">
      <button
        type="button"
        className="entry-button"
        data-entry
        aria-current={isShown ? 'page' : undefined}
        aria-label={`${name}, ${counted(count, noun)}`}
        onClick={onShow}
      >
        <Icon name={icon} />
        <span className="entry-name">{name}</span>
        <span className="count">{count.toLocaleString('en')}</span>
      </button>
    </li>
  );
}

/** Up and down go from entry to entry, whatever stands between. */
function moveAmongEntries(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-entry]')];
  const at = entries.findIndex((entry) => entry.parentElement?.contains(document.activeElement) === true);
  entries[at + step]?.focus();
  event.preventDefault();
}
