import { useState } from 'react';
import { useSend } from '../api-context.ts';
import { useStore } from '../use-store.ts';
import { gapWords, sinceWords } from './pause-words.ts';

/** What a person should know of a pause: that it holds, when they made it, and from when until when nothing was watched. */
export function PauseNotice() {
  const send = useSend();
  const activity = useStore((state) => state.activity.get('herald'));
  const [dismissedMs, setDismissedMs] = useState(0);
  if (activity === undefined) return null;
  if (activity.state === 'paused' && activity.cause === 'user') {
    return (
      <div className="window-notice" role="status">
        <p>
          <strong>Paused by you.</strong> {sinceWords(activity.sinceMs)}
        </p>
      </div>
    );
  }
  const { gap } = activity;
  const words = gap === null || gap.untilMs <= dismissedMs ? null : gapWords(gap);
  if (gap === null || words === null) return null;
  return (
    <div className="window-notice window-notice-past" role="status">
      <p>
        <strong>{words.title}.</strong> {words.text}
      </p>
      <span className="window-notice-actions">
        {gap.cause === 'user' || gap.cause === 'asleep' ? null : (
          <button
            type="button"
            className="button"
            onClick={() => void send({ kind: 'open-settings' }) /* the window opens */}
          >
            Keep watching next time…
          </button>
        )}
        <button type="button" className="button" onClick={() => setDismissedMs(gap.untilMs)}>
          Dismiss
        </button>
      </span>
    </div>
  );
}
