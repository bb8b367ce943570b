import { memo } from 'react';
import type { DomainRow } from '../../main/contract/api.ts';
import { useSend } from '../api-context.ts';
import { ListBdi } from '../common/bdi.tsx';
import { IconButton } from '../common/icon-button.tsx';
import { Star } from '../common/star.tsx';
import { StateGlyph } from '../common/state-glyph.tsx';
import { TrustBadge } from '../common/trust-badge.tsx';
import { doubtText, headline, STATE_WORD } from '../domain-state.ts';
import type { Scope } from '../services/filter.ts';
import { counted, visible } from '../text.ts';

/** One domain: its name and what it lists, and below how it stands, in words that open the reasons. */
export const DomainEntry = memo(function DomainEntry(props: {
  readonly domain: DomainRow;
  readonly isShown: boolean;
  /** Whether a person keeps an eye on all of it. */
  readonly isWatched: boolean;
  readonly onWatch: (id: string) => void;
  readonly onShow: (scope: Scope) => void;
  readonly onExplain: (domainId: string) => void;
  readonly onRemove: (domain: DomainRow) => void;
}) {
  const { domain, isShown, isWatched, onShow, onWatch, onExplain, onRemove } = props;
  const send = useSend();
  const name = visible(domain.name);
  const word = STATE_WORD[domain.state];
  const failure = headline(domain);
  const doubt = doubtText(domain);

  return (
    <li
      className="entry domain-entry"
      data-domain-id={domain.id}
      data-state={domain.state}
      data-settled={domain.settledMs === null ? undefined : ''}
    >
      <button
        type="button"
        className="entry-button"
        data-entry
        aria-current={isShown ? 'page' : undefined}
        aria-label={`${name}, ${word.toLowerCase()}, ${counted(domain.services, 'service')}${doubt === null ? '' : `, ${doubt}`}`}
        aria-description={describe(domain)}
        onClick={() => onShow({ kind: 'domain', id: domain.id })}
        onKeyDown={(event) => {
          if (event.key === 'Delete') onRemove(domain);
        }}
      >
        <StateGlyph state={domain.state} />
        <span className="entry-name">
          <ListBdi text={domain.name} />
        </span>
        <span className="count">{domain.services.toLocaleString('en')}</span>
      </button>
      <button
        type="button"
        className="entry-state"
        aria-label={`Why is ${name} ${word.toLowerCase()}?`}
        onClick={() => onExplain(domain.id)}
      >
        <span className="state-word" data-state={domain.state}>
          {word}
        </span>
        {failure === null ? null : ` · ${failure}`}
        {doubt === null ? null : ` · ${doubt}`}
        {domain.trust === null || domain.state !== 'live' ? null : (
          <>
            {' · '}
            <TrustBadge trust={domain.trust} />
          </>
        )}
        <span className="entry-why">Why?</span>
      </button>
      <span className="entry-actions">
        <Star isWatched={isWatched} name={`everything in ${name}`} onToggle={() => onWatch(domain.id)} />
        {domain.state === 'failed' ? (
          <IconButton
            icon="retry"
            label={`Try ${name} again`}
            hint="Try again"
            onPress={() => void send({ kind: 'retry-domain', id: domain.id }) /* its row says how it went */}
          />
        ) : null}
        <IconButton
          icon="close"
          label={`Stop watching ${name}`}
          hint="Stop watching"
          onPress={() => onRemove(domain)}
        />
      </span>
    </li>
  );
});

/** What is the matter with a domain; of one that is live, why its server is believed. */
function describe({ reason, trust }: DomainRow): string | undefined {
  const text = reason ?? trust?.sentence;
  return text === undefined ? undefined : visible(text);
}
