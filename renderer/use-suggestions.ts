import { useEffect, useState } from 'react';
import type { Suggestion } from '../main/contract/suggestion.ts';
import { useSend } from './api-context.ts';
import { useStore } from './use-store.ts';

/** The domains that the network suggests and that are not watched yet; null until it has answered. */
export function useSuggestions(): readonly Suggestion[] | null {
  const send = useSend();
  const domains = useStore((state) => state.domains);
  const [suggestions, setSuggestions] = useState<readonly Suggestion[] | null>(null);
  useEffect(() => {
    let isLeft = false;
    const ask = async (): Promise<void> => {
      const result = await send({ kind: 'suggest-domains' });
      if (!isLeft) setSuggestions(result.ok ? (result.suggestions ?? []) : []);
    };
    void ask(); // no answer is no suggestion
    return () => {
      isLeft = true;
    };
  }, [send]);
  return suggestions?.filter(({ id }) => domains.get(id) === undefined) ?? null;
}
