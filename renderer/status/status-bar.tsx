import { useMemo } from 'react';
import { useSend } from '../api-context.ts';
import { ListBdi } from '../common/bdi.tsx';
import { IconButton } from '../common/icon-button.tsx';
import { StateGlyph } from '../common/state-glyph.tsx';
import { useAge } from '../common/use-age.ts';
import { STATE_WORD, mostUrgent, sortedDomains } from '../domain-state.ts';
import type { Scope } from '../services/filter.ts';
import { counted } from '../text.ts';
import { useStore } from '../use-store.ts';
import { pausedWords } from './pause-words.ts';

/** One line on how things stand: the domains, the worst of them first, the services, the last change, the sessions. */
export function StatusBar({ onShow }: { readonly onShow: (scope: Scope) => void }) {
  const send = useSend();
  const domainTable = useStore((state) => state.domains);
  const services = useStore((state) => state.services.size);
  const sessionTable = useStore((state) => state.sessions);
  const lastChangeMs = useStore((state) => state.lastChangeMs);
  const domains = useMemo(() => sortedDomains(domainTable.values()), [domainTable]);
  const sessions = useMemo(
    () => [...sessionTable.values()].filter((session) => session.phase === 'established').length,
    [sessionTable],
  );
  const live = domains.filter((domain) => domain.state === 'live').length;
  const unconfirmed = domains.reduce((sum, domain) => sum + domain.unconfirmed, 0);
  const urgent = mostUrgent(domains);
  const activity = useStore((state) => state.activity.get('herald'));
  const paused = pausedWords(activity);

  return (
    <footer className="status-bar" aria-label="Status" data-pane>
      {paused === null ? null : (
        <span className="status-part" title={activity?.reason ?? undefined}>
          <StateGlyph state={activity?.state === 'background' ? 'live' : 'paused'} />
          {paused}
        </span>
      )}
      {urgent === undefined || paused !== null ? null : (
        <button
          type="button"
          className="status-part status-urgent"
          onClick={() => onShow({ kind: 'domain', id: urgent.id })}
        >
          <StateGlyph state={urgent.state} />
          <span className="state-word" data-state={urgent.state}>
            {STATE_WORD[urgent.state]}
          </span>{' '}
          <ListBdi text={urgent.name} />
        </button>
      )}
      <span className="status-part">
        {urgent === undefined && domains.length > 0 ? <StateGlyph state="live" /> : null}
        {liveText(live, domains.length)}
      </span>
      <span className="status-part">
        {counted(services, 'service')}
        {unconfirmed === 0 ? null : `, ${unconfirmed.toLocaleString('en')} not confirmed`}
      </span>
      {lastChangeMs === null ? null : <LastChange atMs={lastChangeMs} />}
      <span className="status-part status-end">{counted(sessions, 'push session')}</span>
      <IconButton
        icon="settings"
        label="Settings"
        hint="Settings (Ctrl+,)"
        onPress={() => void send({ kind: 'open-settings' }) /* the window opens, or is there already */}
      />
    </footer>
  );
}

function liveText(live: number, all: number): string {
  if (all === 0) return 'No domain is watched';
  if (live === all && all === 2) return 'Both domains live';
  if (live === all) return all === 1 ? 'The domain is live' : `All ${all} domains live`;
  return `${live} of ${counted(all, 'domain')} live`;
}

function LastChange({ atMs }: { readonly atMs: number }) {
  return <span className="status-part">Last change {useAge(atMs)}</span>;
}
