import { Icon } from '../common/icon.tsx';
import { useStore } from '../use-store.ts';

/** The user's own Pause, and its end. */
export function PauseButton({ onToggle }: { readonly onToggle: () => void }) {
  const isPaused = useStore((state) => state.activity.get('herald')?.cause === 'user');
  const word = isPaused ? 'Resume' : 'Pause';
  return (
    <button type="button" className="button pause-button" title={`${word} (Ctrl+P)`} onClick={onToggle}>
      <Icon name={isPaused ? 'resume' : 'pause'} />
      {word}
    </button>
  );
}
