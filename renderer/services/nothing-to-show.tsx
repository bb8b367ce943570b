import type { DomainRow } from '../../main/contract/api.ts';
import { RetryButton } from '../common/retry-button.tsx';
import { Bdi, ListBdi } from '../common/bdi.tsx';
import { LookHere } from '../common/look-here.tsx';
import { Notice } from '../common/notice.tsx';
import { stateReason, stateTitle } from '../domain-state.ts';
import { counted, visible } from '../text.ts';
import { useStore } from '../use-store.ts';
import { FirstRun } from './first-run.tsx';
import type { Scope } from './filter.ts';

export interface NothingToShowProps {
  readonly scope: Scope;
  readonly domain: DomainRow | undefined;
  /** The filter as typed. */
  readonly filter: string;
  /** How many services there would be without the filter. */
  readonly total: number;
  readonly onClearFilter: () => void;
  readonly onShowAll: () => void;
  readonly onAdd: () => void;
  readonly onExplain: (domainId: string) => void;
}

/** Why the list is empty, and what can be done about it. */
export function NothingToShow(props: NothingToShowProps) {
  const { scope, domain, filter, total, onClearFilter, onShowAll, onAdd, onExplain } = props;
  const footing = useStore((state) => state.footing);
  const revision = useStore((state) => state.revision);
  const domains = useStore((state) => state.domains);
  const services = useStore((state) => state.services.size);

  if (footing.kind === 'lost' || revision === -1) return <div className="notice" />;
  if (total > 0) {
    return (
      <Notice
        title={
          <>
            Nothing matches “<ListBdi text={filter.trim()} />”
          </>
        }
        action={
          <button type="button" className="button" onClick={onClearFilter}>
            Clear filter <kbd>Esc</kbd>
          </button>
        }
      >
        {counted(total, 'service')} {total === 1 ? 'is' : 'are'} hidden by the filter.
      </Notice>
    );
  }
  if (scope.kind === 'watching') {
    return (
      <Notice title="You watch nothing yet">
        Press Space on a service, or the star beside it. It then stays here, whether it is there or not.
      </Notice>
    );
  }
  if (domain !== undefined) return <EmptyDomain domain={domain} onExplain={onExplain} />;
  if (domains.size === 0) return <FirstRun onAdd={onAdd} />;
  if (scope.kind === 'printers' && services > 0) {
    return (
      <Notice
        title="No printers here yet"
        action={
          <button type="button" className="button" onClick={onShowAll}>
            Show all services
          </button>
        }
      >
        {services === 1
          ? 'There is one service, and it is no printer.'
          : `${counted(services, 'service')}, none of them printers.`}
      </Notice>
    );
  }
  return <NothingAnywhere domains={[...domains.values()]} />;
}

function EmptyDomain(props: Pick<NothingToShowProps, 'onExplain'> & { readonly domain: DomainRow }) {
  const { domain, onExplain } = props;
  const name = visible(domain.name);
  const reason = stateReason(domain, name);
  if (domain.state === 'live') {
    return (
      <Notice title={`${name} lists no services`}>
        The domain answers and is live. Anything added will appear here by itself.
      </Notice>
    );
  }
  return (
    <Notice
      title={stateTitle(domain, name)}
      action={
        <>
          <button type="button" className="button" onClick={() => onExplain(domain.id)}>
            Why?
          </button>
          <LookHere domain={domain} isMain />
          {domain.state === 'failed' ? <RetryButton id={domain.id} /> : null}
        </>
      }
    >
      {reason === null ? undefined : <Bdi text={reason} />}
    </Notice>
  );
}

function NothingAnywhere({ domains }: { readonly domains: readonly DomainRow[] }) {
  if (domains.some((domain) => domain.state === 'discovering')) {
    return <Notice title="Connecting…">The first services appear as soon as a domain answers.</Notice>;
  }
  if (domains.every((domain) => domain.state === 'failed')) {
    return (
      <Notice title="No domain could be reached">The list on the left says what happened to each.</Notice>
    );
  }
  if (domains.every((domain) => domain.state === 'elsewhere')) {
    return (
      <Notice title="Your domains belong to other networks">
        Nothing of them is asked for here. Choose one on the left to look for it here too, or add another.
      </Notice>
    );
  }
  return (
    <Notice title="No services yet">
      Nothing is listed in any domain. Anything added will appear here by itself.
    </Notice>
  );
}
