import { ListBdi } from '../common/bdi.tsx';
import { visible } from '../text.ts';
import { useSuggestions } from '../use-suggestions.ts';

/** The domains that the network suggests, each to be added by a click; nothing where it suggests none. */
export function SuggestedDomains({ onAdd }: { readonly onAdd: (name: string) => void }) {
  const suggestions = useSuggestions();
  if (suggestions === null || suggestions.length === 0) return null;
  return (
    <section className="suggested" aria-labelledby="suggested-title">
      <h3 id="suggested-title">Your network suggests</h3>
      <ul>
        {suggestions.map(({ id, name, sources }) => (
          <li key={id}>
            <span>
              <ListBdi text={name} />
              <small>
                <ListBdi text={sources[0] ?? ''} />
              </small>
            </span>
            <button
              type="button"
              className="button"
              aria-label={`Add ${visible(name)}`}
              onClick={() => onAdd(name)}
            >
              Add
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
