import { useEffect, useState } from 'react';
import type { Placing } from '../../main/contract/placing.ts';
import type { SettingsApi } from '../../main/contract/settings.ts';

/** Whether domains that belong to some networks are kept from the resolvers of others. */
export function PlaceChoice({ api }: { readonly api: SettingsApi }) {
  const [placing, setPlacing] = useState<Placing | null>(null);
  useEffect(() => {
    void api.placing().then(setPlacing); // the choice shows itself when it comes
  }, [api]);
  if (placing === null) return null;
  const choose = async (keepsApart: boolean): Promise<void> =>
    setPlacing(await api.setPlacing({ keepsApart }));
  return (
    <section className="setting" aria-labelledby="places-title">
      <h2 id="places-title">Networks</h2>
      <label className="choice">
        <input
          type="checkbox"
          checked={placing.keepsApart}
          onChange={(event) => void choose(event.target.checked) /* shown when it holds */}
        />
        <span>Keep a network’s own domains from other networks’ resolvers</span>
      </label>
      <p className="setting-text choice-text">
        Names such as home.arpa or printers.internal, and the domains that a network suggested, are asked for
        only on the networks that you added them on. Elsewhere, they would tell strangers where you come from.
      </p>
    </section>
  );
}
