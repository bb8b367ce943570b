import type { Question } from '../../protocol/wire/record.ts';
import type { Clock } from './clock.ts';
import type { Name } from '../../protocol/wire/name.ts';
import type { SystemDns } from './dns-list.ts';
import type { DnssecWish } from './dns-query.ts';
import type { Random } from './random.ts';
import type { Resolved } from './resolved.ts';
import type { Resolver } from './resolver.ts';
import { StubResolver } from './resolver.ts';

/** How long the machine's list of resolvers is taken to be as it was read: another network brings another one. */
const LIST_MS = 10_000;
/** How often it is looked whether that is another network by now; questions come in bursts. */
const LOOK_MS = 250;

/** What a system resolver is made of. */
export interface SystemResolverOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Reads the machine's list; it never rejects. */
  readonly read: () => Promise<SystemDns>;
  /** A text that differs on another network, at once; without it a list is only read again when it is old. */
  readonly glance?: () => string;
  /** See `StubResolverOptions`. */
  readonly dnssec?: DnssecWish | undefined;
}

/** Who is asked for names within a domain. */
interface Route {
  readonly domain: Name;
  readonly resolver: StubResolver;
}

/** What was made of the machine's list as it was last read. */
interface Reading {
  /** The list, to tell whether another one is the same. */
  readonly list: string;
  readonly general: StubResolver;
  /** The deepest domain first. */
  readonly routes: readonly Route[];
}

/**
 * Asks the resolvers that the machine names: those for a domain of their own, where the name lies in one, and else those for
 * all names. Its list is read again before a question that comes a while after the last reading or on another network; when
 * it has changed, what was learned from the others is forgotten.
 */
export class SystemResolver implements Resolver {
  readonly #options: SystemResolverOptions;
  #reading: Promise<Reading> | undefined;
  #readMs = -Infinity;
  #lookedMs = -Infinity;
  /** What the last look showed. */
  #seen: string | undefined;

  constructor(options: SystemResolverOptions) {
    this.#options = options;
  }

  async query(question: Question, signal?: AbortSignal): Promise<Resolved> {
    const nowMs = this.#options.clock.nowMs();
    const hasMoved = this.#hasMoved(nowMs);
    if (this.#reading === undefined || hasMoved || nowMs - this.#readMs >= LIST_MS) {
      this.#readMs = nowMs;
      this.#reading = this.#read(this.#reading);
    }
    const { routes, general } = await this.#reading;
    const route = routes.find(({ domain }) => question.name.isWithin(domain));
    return await (route?.resolver ?? general).query(question, signal);
  }

  forget(): void {
    this.#readMs = -Infinity;
    this.#each((resolver) => resolver.forget());
  }

  /** Ends all questions under way; their replies say that they were cancelled. */
  close(): void {
    this.#each((resolver) => resolver.close());
  }

  #hasMoved(nowMs: number): boolean {
    if (nowMs - this.#lookedMs < LOOK_MS) return false;
    this.#lookedMs = nowMs;
    const before = this.#seen;
    this.#seen = this.#options.glance?.();
    return this.#seen !== before;
  }

  #each(act: (resolver: StubResolver) => void): void {
    // Reading never rejects.
    void this.#reading?.then(({ general, routes }) => {
      for (const resolver of [general, ...routes.map((route) => route.resolver)]) act(resolver);
    });
  }

  async #read(before: Promise<Reading> | undefined): Promise<Reading> {
    const { glance: _, read, ...options } = this.#options;
    const { servers, routes } = await read();
    const list = JSON.stringify([servers, routes.map((route) => [route.domain.key, route.servers])]);
    const last = await before;
    if (last?.list === list) return last;
    const deepest = routes.toSorted((a, b) => b.domain.labelCount - a.domain.labelCount);
    return {
      list,
      general: new StubResolver({ ...options, servers }),
      routes: deepest.map((route) => ({
        domain: route.domain,
        resolver: new StubResolver({ ...options, servers: route.servers }),
      })),
    };
  }
}
