import { useEffect, useState } from 'react';
import { useSend } from '../api-context.ts';
import { ViewTeller } from './view-teller.ts';

/** The one that tells the main process what this window looks at, so that nothing else is asked for. */
export function useViewTeller(): ViewTeller {
  const send = useSend();
  const [teller] = useState(
    () =>
      new ViewTeller({
        tell: (view) => void send({ kind: 'view', view }), // it is never refused
        nowMs: () => performance.now(),
        after: (ms, action) => {
          const timer = setTimeout(action, ms);
          return () => clearTimeout(timer);
        },
      }),
  );
  useEffect(() => () => teller.close(), [teller]);
  return teller;
}
