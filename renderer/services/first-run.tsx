import { useState } from 'react';
import type { FormEvent } from 'react';
import type { Suggestion } from '../../main/contract/suggestion.ts';
import { useSend } from '../api-context.ts';
import { ListBdi } from '../common/bdi.tsx';
import { Notice } from '../common/notice.tsx';
import { useSuggestions } from '../use-suggestions.ts';

/** What stands where nothing is watched yet: the domains that the network suggests, and the way to any other. */
export function FirstRun({ onAdd }: { readonly onAdd: () => void }) {
  const suggestions = useSuggestions();
  if (suggestions === null || suggestions.length === 0) {
    const isAsking = suggestions === null;
    return (
      <Notice
        title={isAsking ? 'Which domain should we watch?' : 'Your network doesn’t suggest a domain'}
        action={
          <button type="button" className="button button-primary" onClick={onAdd}>
            Add a domain…
          </button>
        }
      >
        {isAsking
          ? 'Asking your network what it suggests…'
          : 'That’s common. Ask your administrator for the “DNS-SD browse domain”, or try your company’s domain. Herald talks only to your resolver and to the servers of the domains you add.'}
      </Notice>
    );
  }
  return <Choice suggestions={suggestions} onAdd={onAdd} />;
}

function Choice(props: { readonly suggestions: readonly Suggestion[]; readonly onAdd: () => void }) {
  const { suggestions, onAdd } = props;
  const send = useSend();
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set());
  const chosen = suggestions.filter(({ id }) => !refused.has(id));
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    for (const { name } of chosen) void send({ kind: 'add-domain', domain: name, isSuggested: true }); // its row says how it goes
  };
  const toggle = (id: string): void => {
    const next = new Set(refused);
    if (!next.delete(id)) next.add(id);
    setRefused(next);
  };
  return (
    <form className="notice first-run" onSubmit={onSubmit}>
      <h2>Which domain should we watch?</h2>
      <p>Your network suggests these. You can add any other.</p>
      <ul className="choices">
        {suggestions.map(({ id, name, sources }) => (
          <li key={id}>
            <label>
              <input type="checkbox" checked={!refused.has(id)} onChange={() => toggle(id)} />
              <span>
                <ListBdi text={name} />
                <small>
                  <ListBdi text={sources[0] ?? ''} />
                </small>
              </span>
            </label>
          </li>
        ))}
      </ul>
      <div className="notice-actions">
        <button type="button" className="button" onClick={onAdd}>
          Type a domain…
        </button>
        <button type="submit" className="button button-primary" disabled={chosen.length === 0}>
          Add selected
        </button>
      </div>
      <p className="first-run-promise">
        Herald talks only to your resolver and to the servers of the domains you add. Nothing is sent to us.
      </p>
    </form>
  );
}
