import type { Question } from '../../protocol/wire/record.ts';
import type { Clock } from './clock.ts';
import type { SystemDns } from './dns-list.ts';
import type { Random } from './random.ts';
import type { Resolved } from './resolved.ts';
import type { Resolver } from './resolver.ts';
import { StubResolver } from './resolver.ts';

/** How long the machine's list of resolvers is taken to be as it was read: another network brings another one. */
const LIST_MS = 10_000;

/** What a system resolver is made of. */
export interface SystemResolverOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Reads the machine's list; it never rejects. */
  readonly read: () => Promise<SystemDns>;
}

/**
 * Asks the resolvers that the machine names. Its list is read again before a question that comes a while after the last
 * reading; when it has changed, what was learned from the others is forgotten.
 */
export class SystemResolver implements Resolver {
  readonly #options: SystemResolverOptions;
  #servers = '';
  #resolver: StubResolver | undefined;
  #reading: Promise<void> | undefined;
  #readMs = -Infinity;

  constructor(options: SystemResolverOptions) {
    this.#options = options;
  }

  async query(question: Question, signal?: AbortSignal): Promise<Resolved> {
    const nowMs = this.#options.clock.nowMs();
    if (nowMs - this.#readMs >= LIST_MS) {
      this.#readMs = nowMs;
      this.#reading = this.#read();
    }
    await this.#reading;
    return this.#resolver!.query(question, signal);
  }

  forget(): void {
    this.#readMs = -Infinity;
    this.#resolver?.forget();
  }

  /** Ends all questions under way; their replies say that they were cancelled. */
  close(): void {
    this.#resolver?.close();
  }

  async #read(): Promise<void> {
    const { clock, random, read } = this.#options;
    const { servers } = await read();
    const list = JSON.stringify(servers);
    if (this.#resolver !== undefined && list === this.#servers) return;
    this.#servers = list;
    this.#resolver = new StubResolver({ servers, clock, random });
  }
}
