import { useEffect, useState } from 'react';
import { ageHoldsMs, ageText } from '../age.ts';

/** A loss that is over within this is not spoken of, so that nothing jumps for its sake; in milliseconds. */
export const BRIEF_MS = 1_500;

/** How long ago `sinceMs` (milliseconds since the epoch) was, in words; renders again when the words change. */
export function useAge(sinceMs: number): string {
  const [nowMs, setNowMs] = useState(Date.now);
  const ageMs = Math.max(0, nowMs - sinceMs);
  useEffect(() => {
    const timer = setTimeout(() => setNowMs(Date.now()), ageHoldsMs(Math.max(0, Date.now() - sinceMs)) + 20);
    return () => clearTimeout(timer);
  }, [sinceMs, nowMs]);
  return ageText(ageMs);
}

/** Whether `endMs` (milliseconds since the epoch) is still to come; renders again when it has passed. */
export function useUntil(endMs: number): boolean {
  const [nowMs, setNowMs] = useState(Date.now);
  const isToCome = nowMs < endMs;
  useEffect(() => {
    if (!isToCome) return undefined;
    const timer = setTimeout(() => setNowMs(Date.now()), Math.max(0, endMs - Date.now()) + 20);
    return () => clearTimeout(timer);
  }, [endMs, isToCome, nowMs]);
  return isToCome;
}
