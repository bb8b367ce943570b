import { useState } from 'react';
import type { DomainRow } from '../../main/contract/api.ts';
import type { LadderStep } from '../../main/contract/ladder.ts';
import { useSend } from '../api-context.ts';
import { Bdi } from '../common/bdi.tsx';
import { IconButton } from '../common/icon-button.tsx';
import { LookHere } from '../common/look-here.tsx';
import { RetryButton } from '../common/retry-button.tsx';
import { StateGlyph } from '../common/state-glyph.tsx';
import { TrustBadge } from '../common/trust-badge.tsx';
import { stateTitle } from '../domain-state.ts';
import { visible } from '../text.ts';
import { useStore } from '../use-store.ts';
import { CertificateView } from './certificate-view.tsx';
import { evidenceText, reportOf } from './report.ts';
import { VERDICT_WORD, VerdictGlyph } from './verdict-glyph.tsx';

/** Why a domain stands as it does: every step of the way to its services, with what it rests on. */
export function WhyPane({ domain, onClose }: { readonly domain: DomainRow; readonly onClose: () => void }) {
  const ladder = useStore((state) => state.ladders.get(domain.id));
  const certificate = useStore((state) => state.certificates.get(domain.id));
  const failed = ladder?.steps.find(({ verdict }) => verdict === 'failed');
  return (
    <aside className="details why" aria-label={`Why ${visible(domain.name)} stands as it does`} data-pane>
      <header className="details-header">
        <div className="details-title">
          <h2>{stateTitle(domain, visible(domain.name))}</h2>
          <p className="details-type">
            <StateGlyph state={domain.state} />
            <Bdi text={domain.server ?? domain.name} />
            {domain.trust === null ? null : <TrustBadge trust={domain.trust} />}
          </p>
        </div>
        <IconButton icon="close" label="Close" hint="Close (Esc)" onPress={onClose} />
      </header>
      <div className="details-body" tabIndex={-1}>
        <Standing domain={domain} failed={failed} />
        <ol className="ladder">
          {ladder?.steps.map((step) => (
            <Rung key={step.step} step={step} />
          ))}
        </ol>
        {certificate === undefined ? null : <CertificateView row={certificate} />}
        <WhyActions domain={domain} />
      </div>
    </aside>
  );
}

const ELSEWHERE =
  'Nothing: on its own network it is asked for by itself. If this network knows it too, choose “Look here too”. In the settings, a domain can be asked for on any network.';

function Standing(props: { readonly domain: DomainRow; readonly failed: LadderStep | undefined }) {
  const { domain, failed } = props;
  if (domain.state === 'polling') {
    return (
      <p className="standing">You still see the services, only later: the domain is asked now and then.</p>
    );
  }
  const next = domain.state === 'elsewhere' ? ELSEWHERE : (failed?.next ?? null);
  if (next === null) return null;
  return (
    <div className="standing" role="status">
      <p className="standing-title">What you can do</p>
      <p>
        <Bdi text={next} />
      </p>
    </div>
  );
}

function Rung({ step: { title, verdict, text, evidence } }: { readonly step: LadderStep }) {
  const lines = evidence.map(evidenceText);
  return (
    <li className="rung" data-verdict={verdict} aria-current={verdict === 'failed' ? 'step' : undefined}>
      <VerdictGlyph verdict={verdict} />
      <h3>
        {title}
        <span className="visually-hidden">, {VERDICT_WORD[verdict]}</span>
      </h3>
      {text === null ? null : (
        <p>
          <Bdi text={text} />
        </p>
      )}
      {lines.length === 0 ? null : (
        <ul className="evidence" aria-label="Evidence">
          {lines.map((line, at) => (
            <li key={at}>
              <Bdi text={line} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function WhyActions({ domain }: { readonly domain: DomainRow }) {
  const send = useSend();
  const ladder = useStore((state) => state.ladders.get(domain.id));
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    if (ladder === undefined) return;
    const result = await send({ kind: 'copy-text', text: reportOf(domain, ladder, Date.now()) });
    setCopied(result.ok);
  };
  return (
    <div className="why-actions">
      <button
        type="button"
        className="button"
        onClick={() => void copy() /* the button says that it is done */}
      >
        {copied ? 'Report copied' : 'Copy report'}
      </button>
      <LookHere domain={domain} isMain />
      {domain.state === 'failed' || domain.state === 'polling' ? <RetryButton id={domain.id} isMain /> : null}
    </div>
  );
}
