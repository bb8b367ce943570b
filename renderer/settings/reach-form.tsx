import { useId, useState } from 'react';
import type { FormEvent } from 'react';
import type { Reach } from '../../main/contract/reach.ts';
import type { SettingsApi } from '../../main/contract/settings.ts';
import { ChosenFile } from './chosen-file.tsx';

const PLACES: readonly (readonly [Reach['place'], string])[] = [
  ['default', 'Where it belongs'],
  ['anywhere', 'On any network'],
  ['own-networks', 'Only on networks it was added on'],
];

/** What was said of the last change: done, or why not. */
type Said = { readonly ok: boolean; readonly text: string } | null;

/** How one domain is reached, and what its server has to show. Files count when they are chosen, texts when they are sent. */
export function ReachForm({ api, reach }: { readonly api: SettingsApi; readonly reach: Reach }) {
  const [wish, setWish] = useState(reach);
  const [said, setSaid] = useState<Said>(null);
  const field = useId();

  const apply = async (part: Partial<Reach>): Promise<void> => {
    const next = { ...wish, ...part };
    setWish(next);
    const result = await api.setReach(next);
    setSaid(result.ok ? { ok: true, text: 'Used from now on.' } : { ok: false, text: result.message });
  };
  const change = (part: Partial<Reach>): void => void apply(part); // what became of it is said
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    change({});
  };

  return (
    <form className="reach" aria-label={reach.name} onSubmit={onSubmit}>
      <h3>
        <bdi>{reach.name}</bdi>
      </h3>
      <label htmlFor={`${field}-resolver`}>Resolver</label>
      <input
        id={`${field}-resolver`}
        className="text-field"
        value={wish.resolver}
        onChange={(event) => setWish({ ...wish, resolver: event.target.value })}
        placeholder="The system’s"
        spellCheck={false}
        maxLength={2000}
      />
      <button type="submit" className="button">
        Use
      </button>
      <ChosenFile
        title="Authority"
        none="The system’s"
        file={wish.caFile}
        choose={{ name: 'Choose…', ask: () => api.chooseCertificates() }}
        onChange={(caFile) => change({ caFile })}
      />
      <label htmlFor={`${field}-place`}>Asked for</label>
      <select
        id={`${field}-place`}
        className="text-field reach-place"
        value={wish.place}
        onChange={(event) => {
          const chosen = PLACES.find(([place]) => place === event.target.value);
          if (chosen !== undefined) change({ place: chosen[0] });
        }}
      >
        {PLACES.map(([place, text]) => (
          <option key={place} value={place}>
            {text}
          </option>
        ))}
      </select>
      <Demands api={api} wish={wish} onType={setWish} onChange={change} />
      {said === null ? null : (
        <p className={said.ok ? 'reach-said' : 'reach-said field-refusal'} role="status">
          {said.text}
        </p>
      )}
    </form>
  );
}

/** What the server has to show beside its name, and what it is shown; folded away, for most domains need none of it. */
function Demands(props: {
  readonly api: SettingsApi;
  readonly wish: Reach;
  readonly onType: (wish: Reach) => void;
  readonly onChange: (part: Partial<Reach>) => void;
}) {
  const { api, wish, onType, onChange } = props;
  const field = useId();
  const [isFirstOpen] = useState(wish.isStrict || wish.pins !== '' || wish.certFile !== null);
  const choose = { ask: () => api.chooseIdentity() };
  return (
    <details className="reach-demands" open={isFirstOpen}>
      <summary>Whom to believe</summary>
      <div className="reach-fields">
        <label className="reach-strict">
          <input
            type="checkbox"
            checked={wish.isStrict}
            onChange={(event) => onChange({ isStrict: event.target.checked })}
          />
          <span>
            Strict: without DNSSEC, believe the server only by a name of this domain, not by one that DNS
            alone gave
          </span>
        </label>
        <label htmlFor={`${field}-pins`}>Pins</label>
        <input
          id={`${field}-pins`}
          className="text-field"
          value={wish.pins}
          onChange={(event) => onType({ ...wish, pins: event.target.value })}
          placeholder="Any key"
          spellCheck={false}
          maxLength={2000}
        />
        <button type="submit" className="button">
          Use pins
        </button>
        <ChosenFile
          title="Certificate"
          none="None of yours is shown"
          file={wish.certFile}
          choose={{ ...choose, name: 'Choose a certificate…' }}
          onChange={(certFile) => onChange({ certFile, keyFile: null, passphrase: null })}
        />
        {wish.certFile === null ? null : (
          <>
            <ChosenFile
              title="Key"
              none="In the same file"
              file={wish.keyFile}
              choose={{ ...choose, name: 'Choose its key…' }}
              onChange={(keyFile) => onChange({ keyFile })}
            />
            <label htmlFor={`${field}-passphrase`}>Passphrase</label>
            <input
              id={`${field}-passphrase`}
              className="text-field"
              type="password"
              value={wish.passphrase ?? ''}
              onChange={(event) => onType({ ...wish, passphrase: event.target.value })}
              placeholder="As it was"
              autoComplete="off"
              maxLength={1000}
            />
            <button type="submit" className="button">
              Use passphrase
            </button>
          </>
        )}
      </div>
    </details>
  );
}
