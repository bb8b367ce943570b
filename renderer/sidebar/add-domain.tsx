import { useId, useState } from 'react';
import type { FormEvent } from 'react';
import { useSend } from '../api-context.ts';
import { Dialog } from '../common/dialog.tsx';
import { visible } from '../text.ts';
import { SuggestedDomains } from './suggested-domains.tsx';

/** Asks for a domain and stays open until the main process has taken it or the person gives up. */
export function AddDomain(props: { readonly onAdded: (id: string) => void; readonly onClose: () => void }) {
  const { onAdded, onClose } = props;
  const send = useSend();
  const [text, setText] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const field = useId();
  const hint = useId();

  const add = async (domain: string, isSuggested = false): Promise<void> => {
    if (domain === '') {
      setRefusal('Type the name of a domain, for example example.org.');
      return;
    }
    const result = await send({ kind: 'add-domain', domain, isSuggested });
    if (result.ok) onAdded(result.id ?? domain);
    else setRefusal(result.message);
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void add(text.trim()); // it closes the dialog or says why not
  };

  return (
    <Dialog title="Add a domain" onClose={onClose}>
      <form onSubmit={onSubmit}>
        <label className="field-label" htmlFor={field}>
          Domain
        </label>
        <input
          id={field}
          className="text-field"
          type="text"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setRefusal(null);
          }}
          placeholder="example.org, or an address to take it from"
          autoFocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={1020}
          aria-describedby={hint}
          aria-invalid={refusal !== null}
        />
        <p id={hint} className={refusal === null ? 'field-hint' : 'field-hint field-refusal'} role="status">
          {refusal === null
            ? 'Your company’s domain, or the one your administrator calls the DNS-SD browse domain. Herald talks to the DNS servers of this domain only.'
            : visible(refusal)}
        </p>
        <SuggestedDomains onAdd={(name) => void add(name, true)} />
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button button-primary">
            Add domain
          </button>
        </div>
      </form>
    </Dialog>
  );
}
