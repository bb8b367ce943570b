import type { Reply } from '../../protocol/discovery/procedure.ts';
import type { Question } from '../../protocol/wire/record.ts';
import type { Clock } from './clock.ts';
import { DnsCache } from './dns-cache.ts';
import type { DnssecWish } from './dns-query.ts';
import { DotConnection } from './dot-connection.ts';
import type { Random } from './random.ts';
import { Flights } from './flights.ts';
import type { ResolutionContext } from './resolution.ts';
import { Resolution } from './resolution.ts';
import type { Resolved } from './resolved.ts';
import type { ResolverAddress, SecureAddress } from './resolver-address.ts';
import { isSecure, writtenResolver } from './resolver-address.ts';
import type { Connect } from './tls-transport.ts';
import { connectTls } from './tls-transport.ts';

/** Who answers questions. The promise never rejects: a failure is a reply, and so is the end of waiting by `signal`. */
export interface Resolver {
  query(question: Question, signal?: AbortSignal): Promise<Resolved>;
  /** Forgets what was answered, for on another network other answers hold, and asks anew what is under way. */
  forget(): void;
  /**
   * The one resolver behind this that shows who it is, where there is one: it alone may be asked for push itself
   * (RFC 8765 §6.1). Undefined for one over UDP and TCP, and for several.
   */
  readonly secureAddress?: SecureAddress | undefined;
}

/** What a stub resolver is made of. */
export interface StubResolverOptions {
  /** Recursive resolvers, or authoritative servers of all that is asked, the preferred one first. */
  readonly servers: readonly ResolverAddress[];
  readonly clock: Clock;
  /** For IDs and ports: `cryptoRandom` outside of tests. */
  readonly random: Random;
  /** What every query asks of DNSSEC; answers to different wishes differ, and so do their resolvers. */
  readonly dnssec?: DnssecWish | undefined;
  /** How connections to resolvers over TLS are made; they trust the authorities of the runtime unless given. */
  readonly connect?: Connect;
}

/** Sooner than a lookup ends, so that it can say what is wrong with the connection. */
const CONNECT_TIMEOUT_MS = 8000;

const NO_SERVERS: Reply = {
  kind: 'failed',
  reason:
    'No DNS resolver is known: this machine names none. Check its network settings, or choose a resolver here.',
};
/** The reply to whoever has lost interest. */
export const CANCELLED: Reply = { kind: 'failed', reason: 'The lookup was cancelled.' };

/**
 * Asks recursive resolvers over UDP and TCP, or over TLS, and shows the whole answer: `node:dns` hides the Authority
 * section, the AD bit and most TTLs, and refuses names with spaces. Answers are kept for as long as they live.
 */
export class StubResolver implements Resolver {
  readonly #context: ResolutionContext;
  readonly #cache: DnsCache;
  readonly #flights: Flights;
  /** By the address as it is written. */
  readonly #connections = new Map<string, DotConnection>();

  constructor(options: StubResolverOptions) {
    const { servers, clock, random, dnssec } = options;
    const connect: Connect =
      options.connect ??
      ((target, told) => connectTls({ ...target, clock, connectTimeoutMs: CONNECT_TIMEOUT_MS }, told));
    const dot = (address: SecureAddress): DotConnection => {
      const key = writtenResolver(address);
      const connection = this.#connections.get(key) ?? new DotConnection({ address, clock, random, connect });
      this.#connections.set(key, connection);
      return connection;
    };
    const context = { servers, clock, random, dnssec, dot };
    this.#context = context;
    this.#cache = new DnsCache(clock);
    this.#flights = new Flights(
      (question, onReply) => {
        const resolution = new Resolution(context, question, onReply);
        return () => resolution.cancel();
      },
      (question, reply) => {
        if (reply.kind !== 'answer') return;
        this.#cache.put(question, { message: reply.message, path: reply.path ?? 'open' });
      },
    );
  }

  get secureAddress(): SecureAddress | undefined {
    const [first, ...others] = this.#context.servers;
    return first !== undefined && others.length === 0 && isSecure(first) ? first : undefined;
  }

  /** The answer to a question, from the cache or from a server; 10 seconds at most. */
  query(question: Question, signal?: AbortSignal): Promise<Resolved> {
    if (signal?.aborted === true) return Promise.resolve(CANCELLED);
    if (this.#context.servers.length === 0) return Promise.resolve(NO_SERVERS);
    const cached = this.#cache.get(question);
    if (cached !== undefined) return Promise.resolve({ kind: 'answer', ...cached, from: 'memory' });
    return new Promise((resolve) => {
      const leave = this.#flights.join(question, (reply) => {
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
    this.#flights.restart(() => this.#disconnect());
  }

  /** Ends all questions under way; their replies say that they were cancelled. */
  close(): void {
    this.#flights.close(CANCELLED);
    this.#disconnect();
  }

  #disconnect(): void {
    for (const connection of this.#connections.values()) connection.close();
  }
}
