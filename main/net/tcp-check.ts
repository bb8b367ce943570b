import type { Clock } from './clock.ts';
import type { DialEnd, DialTarget } from './dial.ts';
import { Dial } from './dial.ts';
import { capitalised, spokenEndpoint } from './endpoint.ts';

/** How long something may take to accept the connection. */
const CHECK_MS = 5_000;

/** Whether anything takes a connection, as a clause for people. */
export interface TcpCheck {
  /** `untried` where the connection could not even be tried, by a fault of this machine or its network. */
  readonly kind: 'connected' | 'failed' | 'untried';
  readonly text: string;
}

/** Tries to connect; it never rejects, and an abort counts as `untried`. */
export type CheckTcp = (target: Omit<DialTarget, 'clock'>, signal: AbortSignal) => Promise<TcpCheck>;

/** Connects to the first address that answers within five seconds and says nothing: the connection is cut at once. */
export function checkTcp(clock: Clock): CheckTcp {
  return ({ addresses, port }, signal) =>
    new Promise((resolve) => {
      const end = (check: TcpCheck): void => {
        stopTimeout();
        signal.removeEventListener('abort', aborted);
        dial.cancel();
        resolve(check);
      };
      const aborted = (): void => end({ kind: 'untried', text: 'The check was given up.' });
      const dial = new Dial({ addresses, port, clock }, (dialled) => end(outcome(dialled, port)));
      const stopTimeout = clock.at(clock.nowMs() + CHECK_MS, () => {
        const problems = dial.cancel().join('; ');
        end({ kind: 'failed', text: sentence(`${problems} within ${CHECK_MS / 1000} seconds`) });
      });
      signal.addEventListener('abort', aborted);
      if (signal.aborted) aborted();
    });
}

function outcome(dialled: DialEnd, port: number): TcpCheck {
  if (dialled.kind === 'failed') {
    const kind = dialled.isLocal ? 'untried' : 'failed';
    return { kind, text: sentence(dialled.problems.join('; ')) };
  }
  dialled.socket.destroy();
  const place = spokenEndpoint({ host: dialled.address, port });
  return { kind: 'connected', text: sentence(`${place} took the connection`) };
}

function sentence(clauses: string): string {
  return `${capitalised(clauses)}.`;
}
