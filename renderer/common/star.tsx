import { Icon } from './icon.tsx';

/** Whether a person keeps an eye on something, and the way to begin or end that. */
export function Star(props: {
  readonly isWatched: boolean;
  /** What it is about, for people who cannot see where it stands. */
  readonly name: string;
  readonly onToggle: () => void;
  /** In a list the keyboard has a way of its own. */
  readonly isInList?: boolean;
}) {
  const { isWatched, name, onToggle, isInList = false } = props;
  const words = isWatched ? `Stop watching ${name}` : `Watch ${name}`;
  return (
    <button
      type="button"
      className="icon-button star"
      aria-label={words}
      aria-pressed={isWatched}
      title={isInList ? `${words} (Space)` : words}
      tabIndex={isInList ? -1 : undefined}
      onClick={(event) => {
        event.stopPropagation();
        onToggle();
      }}
    >
      <Icon name="star" />
    </button>
  );
}
