import { useCallback, useRef, useState } from 'react';
import type { ServiceCheck } from '../../main/contract/service-check.ts';
import { useSend } from '../api-context.ts';

type Told = Pick<ServiceCheck, 'verdict' | 'text'>;

/** How the last check of a service stands. */
export type CheckState =
  | { readonly kind: 'none' }
  | { readonly kind: 'under-way'; readonly id: string }
  | ({ readonly kind: 'told'; readonly id: string } & Told);

/** The last check of a service, and the way to begin one by the `id` of its row; one of the same that is under way goes on. */
export function useServiceCheck(): readonly [state: CheckState, check: (id: string) => void] {
  const send = useSend();
  const [state, setState] = useState<CheckState>({ kind: 'none' });
  const underWay = useRef<string | null>(null);
  const check = useCallback(
    (id: string) => {
      if (underWay.current === id) return;
      underWay.current = id;
      setState({ kind: 'under-way', id });
      const tell = (told: Told | undefined): void => {
        if (underWay.current !== id) return; // a person has gone on to another
        underWay.current = null;
        setState(told === undefined ? { kind: 'none' } : { kind: 'told', id, ...told });
      };
      void send({ kind: 'verify-service', id }).then(
        (result) => tell(result.ok ? result.check : { verdict: 'uncheckable', text: result.message }),
        () => tell({ verdict: 'uncheckable', text: 'Herald did not answer. Try again.' }),
      );
    },
    [send],
  );
  return [state, check];
}
