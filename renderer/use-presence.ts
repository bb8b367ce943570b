import { useEffect } from 'react';
import { useSend } from './api-context.ts';
import { useStore } from './use-store.ts';

/**
 * Tells the main process whether this page is seen, of which the page alone knows when other windows cover it; and, while
 * the computer is taken to sleep or to be used by nobody, that somebody presses a key or a button here, which is proof that
 * it is not so.
 */
export function usePresence(): void {
  const send = useSend();
  const cause = useStore((state) => state.activity.get('herald')?.cause);
  const isAway = cause === 'asleep' || cause === 'idle';
  useEffect(() => {
    const tell = (): void => {
      void send({ kind: 'visibility', visibility: document.visibilityState }); // it is never refused
    };
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [send]);
  useEffect(() => {
    if (!isAway) return undefined;
    const tell = (): void => void send({ kind: 'person' }); // it is never refused
    document.addEventListener('keydown', tell);
    document.addEventListener('pointerdown', tell);
    return () => {
      document.removeEventListener('keydown', tell);
      document.removeEventListener('pointerdown', tell);
    };
  }, [send, isAway]);
}
