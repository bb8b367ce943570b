import type { ServiceRow } from '../contract/api.ts';
import type { Clock } from '../net/clock.ts';
import type { Publisher } from './publisher.ts';

/** For how long the details of a service are awaited, in milliseconds: longer than a server takes to tell them. */
const AWAIT_MS = 3_000;

/**
 * The row of a service, as soon as its details are known: somebody may have begun to look at it only a moment ago. As it is if
 * they do not come; undefined if it is not there. `signal` ends the wait.
 */
export async function knownRow(
  id: string,
  { clock, publisher }: { readonly clock: Clock; readonly publisher: Publisher },
  signal: AbortSignal,
): Promise<ServiceRow | undefined> {
  const row = (): ServiceRow | undefined => publisher.get('services', id);
  if (row()?.details !== 'unasked') return row();
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (row()?.details !== 'unasked') end();
    };
    const stopLooking = publisher.onUpdate(look);
    const cancel = clock.at(clock.nowMs() + AWAIT_MS, () => end());
    const end = (): void => {
      stopLooking();
      cancel();
      resolve();
    };
    signal.addEventListener('abort', end, { once: true });
  });
  return row();
}
