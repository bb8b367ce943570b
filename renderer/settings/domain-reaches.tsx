import { useEffect, useId, useState } from 'react';
import type { FormEvent } from 'react';
import type { Reach } from '../../main/contract/reach.ts';
import type { SettingsApi } from '../../main/contract/settings.ts';

/** How each domain is reached where that is special: its resolver, and whom to trust for it. */
export function DomainReaches({ api }: { readonly api: SettingsApi }) {
  const [reaches, setReaches] = useState<readonly Reach[]>([]);
  useEffect(() => {
    const read = async (): Promise<void> => setReaches(await api.reaches());
    const onFocus = (): void => void read(); // domains come and go in the other window
    void read(); // the list shows itself when it comes
    window.addEventListener('focus', onFocus);
    return () => window.removeEventListener('focus', onFocus);
  }, [api]);
  return (
    <section className="setting" aria-labelledby="reach-title">
      <h2 id="reach-title">Domains</h2>
      <p className="setting-text">
        {reaches.length === 0
          ? 'The domains that you add can each have a resolver and an authority of their own.'
          : 'A domain can have a resolver of its own, and an authority that is trusted for it instead of the system’s. ' +
            'A resolver written tls://ADDRESS#NAME is asked over TLS, and never in clear text.'}
      </p>
      {reaches.map((reach) => (
        <ReachForm key={reach.name} api={api} reach={reach} />
      ))}
    </section>
  );
}

/** What was said of the last change: done, or why not. */
type Said = { readonly ok: boolean; readonly text: string } | null;

function ReachForm({ api, reach }: { readonly api: SettingsApi; readonly reach: Reach }) {
  const [resolver, setResolver] = useState(reach.resolver);
  const [caFile, setCaFile] = useState(reach.caFile);
  const [said, setSaid] = useState<Said>(null);
  const field = useId();

  const apply = async (next: Reach): Promise<void> => {
    const result = await api.setReach(next);
    setSaid(result.ok ? { ok: true, text: 'Used from now on.' } : { ok: false, text: result.message });
    if (result.ok) setCaFile(next.caFile);
  };
  const choose = async (): Promise<void> => {
    const chosen = await api.chooseCertificates();
    if (chosen !== null) await apply({ name: reach.name, resolver, caFile: chosen });
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void apply({ name: reach.name, resolver, caFile }); // what became of it is said
  };

  return (
    <form className="reach" aria-label={reach.name} onSubmit={onSubmit}>
      <h3>
        <bdi>{reach.name}</bdi>
      </h3>
      <label htmlFor={field}>Resolver</label>
      <input
        id={field}
        className="text-field"
        value={resolver}
        onChange={(event) => setResolver(event.target.value)}
        placeholder="The system’s"
        spellCheck={false}
        maxLength={2000}
      />
      <button type="submit" className="button">
        Use
      </button>
      <span>Authority</span>
      <code>{caFile ?? 'The system’s'}</code>
      <span className="reach-buttons">
        <button
          type="button"
          className="button"
          onClick={() => void choose() /* what became of it is said */}
        >
          Choose…
        </button>
        {caFile === null ? null : (
          <button
            type="button"
            className="button"
            onClick={
              () => void apply({ name: reach.name, resolver, caFile: null }) /* what became of it is said */
            }
          >
            Clear
          </button>
        )}
      </span>
      {said === null ? null : (
        <p className={said.ok ? 'reach-said' : 'reach-said field-refusal'} role="status">
          {said.text}
        </p>
      )}
    </form>
  );
}
