import { RetryPolicy } from '../../../protocol/dso/retry.ts';
import type { ConnectionEnd } from '../../../protocol/dso/retry.ts';
import type { AdmissionLimits } from '../../../protocol/push/admission.ts';
import { Admission } from '../../../protocol/push/admission.ts';
import { Random } from '../../../protocol/testing/fuzz/random.ts';
import { Attempts } from '../attempts.ts';
import { Backoff } from '../backoff.ts';

const SERVER = '853 push.office.test.';
/** The clients had been live for so long when their server went. */
const LONG_MS = 3_600_000;

/** A client at the server's door, and what became of it. */
export interface Knock {
  /** Milliseconds since the server went. */
  readonly atMs: number;
  readonly client: number;
  /** `closed`: nothing listens there. */
  readonly became: 'closed' | 'let-in' | { readonly awayForMs: number };
}

/** How a server goes and comes back. */
export interface Outage {
  /** In good order its clients are told when to come back. */
  readonly how: 'orderly' | 'crash';
  /** How long nothing listens. */
  readonly forMs: number;
}

interface Client {
  readonly number: number;
  readonly policy: RetryPolicy;
  readonly attempts: Attempts;
}

/**
 * Many clients of one server after that went and came back, on virtual time: their retry policy and backoff, and the admission of
 * the demo server, are the real ones. What lies between, discovery and the messages, takes no time here.
 */
export class Herd {
  readonly #clients: readonly Client[];
  readonly #limits: AdmissionLimits;
  readonly #random: Random;
  /** Who comes next, by time: buckets of a millisecond. */
  readonly #due = new Map<number, Client[]>();
  readonly #knocks: Knock[] = [];
  readonly #dismissals = new Map<number, number>();

  constructor(count: number, limits: AdmissionLimits, seed: number) {
    this.#limits = limits;
    this.#random = new Random(seed, 'herd');
    this.#clients = Array.from({ length: count }, (_, number) => ({
      number,
      policy: new RetryPolicy(),
      attempts: new Attempts(new Backoff(this.#fraction)),
    }));
  }

  /** For how long the server that went asked each client to stay away, in milliseconds; empty when it crashed. */
  get dismissals(): ReadonlyMap<number, number> {
    return this.#dismissals;
  }

  /** Everything that comes to the door until the last client is let in, or for a day. */
  outage({ how, forMs }: Outage): readonly Knock[] {
    const old = new Admission(this.#limits, this.#fraction);
    for (const client of this.#clients) {
      const retryDelayMs = how === 'orderly' ? old.delayMs(0) : undefined;
      const end: ConnectionEnd =
        retryDelayMs === undefined
          ? { cause: 'dropped', progress: 'useful' }
          : { cause: 'retry-delay', progress: 'useful', retryDelayMs };
      if (retryDelayMs !== undefined) this.#dismissals.set(client.number, retryDelayMs);
      this.#ended(client, end, { atMs: 0, liveMs: LONG_MS });
    }
    const door = new Admission(this.#limits, this.#fraction);
    for (let atMs = 0; atMs < 86_400_000 && this.#due.size > 0; atMs++) {
      for (let due = this.#due.get(atMs); due !== undefined; due = this.#due.get(atMs)) {
        this.#due.delete(atMs);
        for (const client of due) this.#attempt(client, atMs, atMs < forMs ? undefined : door);
      }
    }
    return this.#knocks;
  }

  readonly #fraction = (): number => this.#random.u32() / 2 ** 32;

  #attempt(client: Client, atMs: number, door: Admission | undefined): void {
    const readyMs = client.policy.mayConnectAtMs(SERVER, atMs);
    if (readyMs > atMs) {
      this.#wait(client, client.attempts.nextMs({ liveMs: 0, readyMs }, atMs));
    } else if (door === undefined) {
      this.#knocks.push({ atMs, client: client.number, became: 'closed' });
      this.#wait(client, client.attempts.nextMs({ liveMs: 0 }, atMs));
    } else {
      const awayForMs = door.arrived(atMs);
      const became = awayForMs === undefined ? 'let-in' : { awayForMs };
      this.#knocks.push({ atMs, client: client.number, became });
      if (awayForMs === undefined) return;
      this.#ended(
        client,
        { cause: 'retry-delay', progress: 'established', retryDelayMs: awayForMs },
        { atMs, liveMs: 0 },
      );
    }
  }

  #ended(
    client: Client,
    end: ConnectionEnd,
    { atMs, liveMs }: { readonly atMs: number; readonly liveMs: number },
  ): void {
    client.policy.ended(SERVER, end, atMs);
    const readyMs = client.policy.mayConnectAtMs(SERVER, atMs);
    const ended = readyMs > atMs ? { liveMs, readyMs } : { liveMs };
    this.#wait(client, client.attempts.nextMs(ended, atMs));
  }

  #wait(client: Client, untilMs: number): void {
    const dueMs = Math.ceil(untilMs);
    const others = this.#due.get(dueMs);
    if (others === undefined) this.#due.set(dueMs, [client]);
    else others.push(client);
  }
}

/** The greatest number of these moments that lie within one second, wherever that begins. */
export function mostInOneSecond(momentsMs: readonly number[]): number {
  const sorted = momentsMs.toSorted((one, other) => one - other);
  let [most, from] = [0, 0];
  for (const [at, ms] of sorted.entries()) {
    while (ms - sorted[from]! >= 1000) from += 1;
    most = Math.max(most, at - from + 1);
  }
  return most;
}
