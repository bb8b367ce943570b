import type { Reply } from '../../protocol/discovery/procedure.ts';
import type { Question } from '../../protocol/wire/record.ts';
import { questionKey } from '../../protocol/wire/record.ts';
import type { Clock } from './clock.ts';
import { DnsCache } from './dns-cache.ts';
import type { Endpoint } from './endpoint.ts';
import type { Random } from './random.ts';
import { Resolution } from './resolution.ts';
import type { Resolved } from './resolved.ts';

/** Who answers questions. The promise never rejects: a failure is a reply, and so is the end of waiting by `signal`. */
export interface Resolver {
  query(question: Question, signal?: AbortSignal): Promise<Resolved>;
  /** Forgets what was answered: on another network other answers hold. */
  forget(): void;
}

/** What a stub resolver is made of. */
export interface StubResolverOptions {
  /** Recursive resolvers, or authoritative servers of all that is asked, the preferred one first. */
  readonly servers: readonly Endpoint[];
  readonly clock: Clock;
  /** For IDs and ports: `cryptoRandom` outside of tests. */
  readonly random: Random;
}

type Listener = (reply: Resolved) => void;

/** A question under way and everybody who waits for its answer. */
interface Flight {
  readonly resolution: Resolution;
  readonly listeners: Set<Listener>;
}

const NO_SERVERS: Reply = {
  kind: 'failed',
  reason:
    'No DNS resolver is known: this machine names none. Check its network settings, or choose a resolver here.',
};
const CANCELLED: Reply = { kind: 'failed', reason: 'The lookup was cancelled.' };

/**
 * Asks recursive resolvers over UDP and TCP, and shows the whole answer: `node:dns` hides the Authority section, the AD
 * bit and most TTLs, and refuses names with spaces. Answers are kept for as long as they live.
 */
export class StubResolver implements Resolver {
  readonly #options: StubResolverOptions;
  readonly #cache: DnsCache;
  readonly #flights = new Map<string, Flight>();

  constructor(options: StubResolverOptions) {
    this.#options = options;
    this.#cache = new DnsCache(options.clock);
  }

  /** The answer to a question, from the cache or from a server; 10 seconds at most. */
  query(question: Question, signal?: AbortSignal): Promise<Resolved> {
    if (signal?.aborted === true) return Promise.resolve(CANCELLED);
    if (this.#options.servers.length === 0) return Promise.resolve(NO_SERVERS);
    const message = this.#cache.get(question);
    if (message !== undefined) return Promise.resolve({ kind: 'answer', message, from: 'memory' });
    return new Promise((resolve) => {
      const leave = this.#join(question, (reply) => {
        signal?.removeEventListener('abort', cancel);
        resolve(reply);
      });
      const cancel = (): void => {
        leave();
        resolve(CANCELLED);
      };
      signal?.addEventListener('abort', cancel, { once: true });
    });
  }

  forget(): void {
    this.#cache.clear();
  }

  /** Ends all questions under way; their replies say that they were cancelled. */
  close(): void {
    const flights = [...this.#flights.values()];
    this.#flights.clear();
    for (const { resolution, listeners } of flights) {
      resolution.cancel();
      for (const listener of listeners) listener(CANCELLED);
    }
  }

  /** Asks, unless the same is being asked already. Returns the way to lose interest. */
  #join(question: Question, listener: Listener): () => void {
    const key = questionKey(question);
    const flight = this.#flights.get(key) ?? this.#depart(key, question);
    flight.listeners.add(listener);
    return () => {
      flight.listeners.delete(listener);
      if (flight.listeners.size > 0 || this.#flights.get(key) !== flight) return;
      this.#flights.delete(key);
      flight.resolution.cancel();
    };
  }

  #depart(key: string, question: Question): Flight {
    const listeners = new Set<Listener>();
    const resolution = new Resolution(this.#options, question, (reply) => {
      this.#flights.delete(key);
      if (reply.kind === 'answer') this.#cache.put(question, reply.message);
      for (const listener of listeners) listener(reply);
    });
    const flight = { resolution, listeners };
    this.#flights.set(key, flight);
    return flight;
  }
}
