import { useContext, useEffect, useState } from 'react';
import { counted } from '../text.ts';
import { StoreContext, useStore } from '../use-store.ts';

/** A screen reader is told at most this often, in milliseconds. */
const EVERY_MS = 4_000;

/** What came and went, as one sentence; empty when nothing did. */
export function changeSentence(appeared: number, left: number): string {
  const parts = [
    ...(appeared > 0 ? [`${counted(appeared, 'service')} appeared`] : []),
    ...(left > 0 ? [`${counted(left, 'service')} left`] : []),
  ];
  return parts.length === 0 ? '' : `${parts.join(', ')}.`;
}

/** Tells people who cannot see the list what came and went: one summary at a time, never one voice a row. */
export function Announcer() {
  const store = useContext(StoreContext);
  const appeared = useStore((state) => state.appeared);
  const left = useStore((state) => state.left);
  const [told, setTold] = useState({ appeared: 0, left: 0 });
  const [sentence, setSentence] = useState('');
  const hasNews = appeared !== told.appeared || left !== told.left;
  useEffect(() => {
    if (!hasNews || store === null) return undefined;
    const timer = setTimeout(() => {
      const now = store.state;
      setSentence(changeSentence(now.appeared - told.appeared, now.left - told.left));
      setTold({ appeared: now.appeared, left: now.left });
    }, EVERY_MS);
    return () => clearTimeout(timer);
  }, [hasNews, store, told]);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {sentence}
    </div>
  );
}
