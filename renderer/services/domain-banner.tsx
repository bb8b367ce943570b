import type { DomainRow } from '../../main/contract/api.ts';
import { useSend } from '../api-context.ts';
import { Bdi } from '../common/bdi.tsx';
import { StateGlyph } from '../common/state-glyph.tsx';
import { stateTitle } from '../domain-state.ts';
import { visible } from '../text.ts';

/** Above the services of a domain that is not live: what is the matter, so that an old list is never passed off as live. */
export function DomainBanner(props: {
  readonly domain: DomainRow;
  readonly onExplain: (domainId: string) => void;
}) {
  const { domain, onExplain } = props;
  const send = useSend();
  if (domain.state === 'live') return null;
  return (
    <div className="banner" data-state={domain.state} role="status">
      <StateGlyph state={domain.state} />
      <p>
        <strong>{stateTitle(domain, visible(domain.name))}</strong>
        {domain.reason === null ? null : (
          <>
            {' '}
            <Bdi text={domain.reason} />
          </>
        )}
      </p>
      <button type="button" className="button" onClick={() => onExplain(domain.id)}>
        Why?
      </button>
      {domain.state === 'failed' ? (
        <button
          type="button"
          className="button"
          onClick={() => void send({ kind: 'retry-domain', id: domain.id }) /* its row says how it went */}
        >
          Try again
        </button>
      ) : null}
    </div>
  );
}
