import type { DomainRow } from '../../main/contract/api.ts';
import { RetryButton } from '../common/retry-button.tsx';
import { asOfText } from '../as-of.ts';
import { Bdi } from '../common/bdi.tsx';
import { LookHere } from '../common/look-here.tsx';
import { StateGlyph } from '../common/state-glyph.tsx';
import { BRIEF_MS, useAge, useUntil } from '../common/use-age.ts';
import { stateReason, stateTitle } from '../domain-state.ts';
import { visible } from '../text.ts';

/** Above the services of a domain that is not live: what is the matter, so that an old list is never passed off as live. */
export function DomainBanner(props: {
  readonly domain: DomainRow;
  readonly onExplain: (domainId: string) => void;
}) {
  const { domain, onExplain } = props;
  const isBrief = useUntil(domain.state === 'discovering' ? domain.sinceMs + BRIEF_MS : 0);
  if (domain.state === 'live' || isBrief) return null;
  const name = visible(domain.name);
  const reason = stateReason(domain, name);
  return (
    <div className="banner" data-state={domain.state} role="status">
      <StateGlyph state={domain.state} />
      <p>
        <strong>{stateTitle(domain, name)}</strong>
        {reason === null ? null : (
          <>
            {' '}
            <Bdi text={reason} />
          </>
        )}
        {domain.polled === null ? null : <LastAsked askedMs={domain.polled.askedMs} />}
        {domain.asOfMs === null ? null : (
          <> The list is as of {asOfText(domain.asOfMs)}, and may be out of date.</>
        )}
      </p>
      <button type="button" className="button" onClick={() => onExplain(domain.id)}>
        Why?
      </button>
      <LookHere domain={domain} />
      {domain.state === 'failed' || domain.state === 'polling' ? <RetryButton id={domain.id} /> : null}
    </div>
  );
}

/** How old what a polled domain shows is. */
function LastAsked({ askedMs }: { readonly askedMs: number }) {
  return <> Last asked {useAge(askedMs)}.</>;
}
