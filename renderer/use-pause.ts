import { useCallback } from 'react';
import { useSend } from './api-context.ts';
import { useStore } from './use-store.ts';

/** The way to pause everything, or to end that: whichever is not the case. */
export function usePause(): () => void {
  const send = useSend();
  const isPaused = useStore((state) => state.activity.get('herald')?.cause === 'user');
  return useCallback(() => {
    void send({ kind: isPaused ? 'resume' : 'pause' }); // its row says how it went
  }, [send, isPaused]);
}
