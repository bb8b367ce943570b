import { unreachable } from '../errors.ts';
import type { Name } from '../wire/name.ts';
import type { EndCause } from './session-output.ts';

/** How long a server that was found to do no DSO, or to do it wrong, is left alone (RFC 8490 §5.1.1, §6.6.3.3). */
export const NO_DSO_MS = 3_600_000;

/** What a connection came to, for what is allowed next. */
export interface ConnectionEnd {
  /** Why the session ended; `dropped` when the connection went away without a word. */
  readonly cause: EndCause | 'dropped';
  /** How long the server asked the client to stay away, when `cause` is `retry-delay`. */
  readonly retryDelayMs?: number;
  /**
   * How far it had come: `none` before the opener was answered, `established` after, `useful` once a subscription was
   * accepted.
   */
  readonly progress: 'none' | 'established' | 'useful';
}

interface Standing {
  /** DSO may be tried again from here on. */
  readonly mayConnectAtMs: number;
  /** The last session was dropped for no known reason and no useful work has been done since. */
  readonly wasDropped: boolean;
}

/**
 * The service instance that a host and port of an SRV record name: what delays, marks and sessions belong to. Hosts are
 * held equal as DNS does, and addresses do not matter (RFC 8490 §9.1).
 */
export function instanceKey(host: Name, port: number): string {
  return `${port} ${host.key}`;
}

/** When a client may go back to which service instance, by how its sessions with it ended (RFC 8490 §6.6.3). */
export class RetryPolicy {
  readonly #standings = new Map<string, Standing>();

  /** A connection to an instance, as `instanceKey` names it, is over. */
  ended(instance: string, end: ConnectionEnd, nowMs: number): void {
    this.#forgetOld(nowMs);
    const wasDropped = end.progress !== 'useful' && this.#standings.get(instance)?.wasDropped === true;
    const waitMs = this.#waitMs(end, wasDropped);
    this.#standings.set(instance, { mayConnectAtMs: nowMs + waitMs, wasDropped: isDrop(end) });
  }

  /** When the next session with an instance may be opened: `nowMs` when at once. Others are not affected (RFC 8490 §6.6.3). */
  mayConnectAtMs(instance: string, nowMs: number): number {
    return Math.max(nowMs, this.#standings.get(instance)?.mayConnectAtMs ?? nowMs);
  }

  /** A person asked for another try: what an instance did so far no longer counts. */
  forgive(instance: string): void {
    this.#standings.delete(instance);
  }

  #waitMs(end: ConnectionEnd, wasDropped: boolean): number {
    switch (end.cause) {
      case 'done':
      case 'idle':
      case 'severed':
        return 0;
      case 'retry-delay':
        return end.retryDelayMs ?? 0; // no jitter: the server has seen to that (RFC 8490 §6.6.3.1)
      case 'no-dso':
      case 'fault':
        return NO_DSO_MS;
      case 'silence':
      case 'dropped':
        // One immediate attempt, then the instance is taken to do no DSO (RFC 8490 §6.6.3.2); during establishment at
        // once (RFC 8490 §5.1.1).
        return end.progress === 'none' || wasDropped ? NO_DSO_MS : 0;
      default:
        return unreachable(end.cause);
    }
  }

  /** What has worn off is kept for as long as a drop before it may count. */
  #forgetOld(nowMs: number): void {
    for (const [instance, { mayConnectAtMs }] of this.#standings) {
      if (mayConnectAtMs + NO_DSO_MS < nowMs) this.#standings.delete(instance);
    }
  }
}

function isDrop({ cause }: ConnectionEnd): boolean {
  return cause === 'dropped' || cause === 'silence';
}
