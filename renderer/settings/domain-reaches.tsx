import { useEffect, useState } from 'react';
import type { Reach } from '../../main/contract/reach.ts';
import type { SettingsApi } from '../../main/contract/settings.ts';
import { ReachForm } from './reach-form.tsx';

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
