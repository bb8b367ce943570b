import type { DomainState, Step } from '../contract/api.ts';
import type { Clock } from '../net/clock.ts';
import type { Change } from '../../protocol/push/change.ts';
import type { Refusal } from '../../protocol/push/refusal.ts';
import type { BrowseScope } from '../../protocol/dnssd/instance-name.ts';
import { rcodeName } from '../../protocol/wire/registry.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import type { Backoff } from './backoff.ts';
import type { Feed, FeedEnd, FeedUser, PushServerTarget } from './feed.ts';
import type { FeedPool } from './feed-pool.ts';
import { serverText } from './feed-pool.ts';
import { DomainModel } from './domain-model.ts';
import type { Publisher } from './publisher.ts';
import type { Failure, SearchDependencies } from './server-search.ts';
import { searchAddresses, searchServers } from './server-search.ts';

/** What is watched: a scope, the name it goes by, and whom to trust for it. */
export interface WatchedScope {
  /** The folded name of the scope: the id of its row. */
  readonly id: string;
  /** The name as shown. */
  readonly text: string;
  readonly scope: BrowseScope;
  /** Certificates to trust instead of the system's, as PEM. */
  readonly caPem: string | undefined;
}

/** What a watch needs of the world. */
export interface DomainWatchDependencies {
  readonly clock: Clock;
  readonly publisher: Publisher;
  readonly pool: FeedPool;
  readonly search: Omit<SearchDependencies, 'progressed'>;
  readonly backoff: Backoff;
}

/** One domain that is watched: finds its server, keeps the session, and begins again when it is lost. */
export class DomainWatch implements FeedUser {
  readonly watched: WatchedScope;
  readonly #dependencies: DomainWatchDependencies;
  readonly #model: DomainModel;
  readonly #abort = new AbortController();
  #feed: Feed | undefined;
  /** Ends the wait for the end of the session under way. */
  #feedEnded: ((failure: Failure & { readonly wasLive: boolean }) => void) | undefined;
  /** Ends the wait for the next attempt. */
  #wake: (() => void) | undefined;

  constructor(watched: WatchedScope, dependencies: DomainWatchDependencies) {
    this.watched = watched;
    this.#dependencies = dependencies;
    const { clock, publisher } = dependencies;
    this.#model = new DomainModel(
      watched,
      { clock, publisher },
      {
        ask: (questions) => this.#feed?.ask(this, questions),
        unask: (questions) => this.#feed?.unask(this, questions),
        countChanged: () => this.#patch({}),
      },
    );
  }

  /** Begins to look for the server. */
  start(): void {
    const sinceMs = this.#dependencies.clock.wallMs();
    const { id, text: name } = this.watched;
    const row = {
      id,
      name,
      state: 'discovering',
      step: 'zone',
      reason: null,
      server: null,
      services: 0,
      sinceMs,
    } as const;
    this.#dependencies.publisher.put('domains', row);
    void this.#run(); // never rejects: a failure is a row
  }

  /** Tries again at once, if it is waiting to. */
  retry(): void {
    this.#wake?.();
  }

  /** Stops watching; its rows go. */
  close(): void {
    this.#abort.abort();
    this.#feed?.leave(this);
    this.#feed = undefined;
    this.#feedEnded?.({ step: 'session', reason: 'it is no longer watched', wasLive: true });
    this.#wake?.();
    this.#model.close();
    this.#dependencies.publisher.drop('domains', this.watched.id);
  }

  accepted(question: Question): void {
    if (this.#model.accepted(question)) this.#setState('live', null, null);
  }

  refused(question: Question, refusal: Refusal | null): void {
    const rcode = refusal === null ? 'too many subscriptions' : rcodeName(refusal.rcode);
    const isRoot = this.#model.refused(question, refusal);
    if (!isRoot) return;
    this.#feed?.leave(this);
    this.#over({
      step: 'subscribe',
      reason: `The server of ${this.watched.text} declined the subscription (${rcode}): it does not offer push for this name. Ask who runs it.`,
      wasLive: false,
    });
  }

  changed(changes: readonly Change[]): void {
    this.#model.changed(changes);
  }

  known(question: Question): readonly ResourceRecord[] {
    return this.#model.known(question);
  }

  progressed(step: Step): void {
    if (this.#state() !== 'live') this.#patch({ step });
  }

  ended(end: FeedEnd): void {
    this.#over(end);
  }

  async #run(): Promise<void> {
    const { signal } = this.#abort;
    const { backoff, clock } = this.#dependencies;
    for (let failures = 0; !signal.aborted;) {
      const failure = await this.#attempt(signal);
      if (signal.aborted) return;
      failures = failure.wasLive ? 0 : failures + 1;
      if (failure.wasLive) this.#setState('discovering', failure.step, failure.reason);
      else this.#setState('failed', failure.step, failure.reason);
      this.#dependencies.publisher.commit();
      await this.#pause(clock.nowMs() + backoff.delayMs(failures));
    }
  }

  /** One way through discovery and all servers, as long as it lasts; returns what ended it. */
  async #attempt(signal: AbortSignal): Promise<Failure & { readonly wasLive: boolean }> {
    const progressed = (step: Step): void => {
      this.progressed(step);
      this.#dependencies.publisher.commit();
    };
    const search: SearchDependencies = { ...this.#dependencies.search, progressed };
    const found = await searchServers(this.watched.scope, search, signal);
    if (found.kind === 'failed') return { ...found, wasLive: false };
    let last: Failure = { step: 'srv', reason: 'The domain names no server.' };
    for (const server of found.servers) {
      const reached = await searchAddresses(server, found.addresses, search, signal);
      if (signal.aborted) break;
      if (reached.kind === 'failed') {
        last = reached;
        continue;
      }
      const { target: host, port } = server;
      const ended = await this.#follow({
        host,
        port,
        addresses: reached.addresses,
        caPem: this.watched.caPem,
      });
      if (ended.wasLive || signal.aborted) return ended;
      last = ended;
    }
    return { ...last, wasLive: false };
  }

  /** Asks a server everything that is asked now; resolves when that is over. */
  #follow(target: PushServerTarget): Promise<Failure & { readonly wasLive: boolean }> {
    return new Promise((resolve) => {
      this.#feedEnded = resolve;
      this.#patch({ server: serverText(target) });
      this.#feed = this.#dependencies.pool.feedFor(target);
      this.#feed.ask(this, this.#model.questions);
      this.#dependencies.publisher.commit();
    });
  }

  #over(failure: Failure & { readonly wasLive: boolean }): void {
    const wasLive = this.#state() === 'live';
    this.#feed = undefined;
    this.#model.uncovered();
    this.#feedEnded?.({ step: failure.step, reason: failure.reason, wasLive });
    this.#feedEnded = undefined;
  }

  #pause(untilMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#dependencies.clock.at(untilMs, () => this.#wake?.());
      this.#wake = () => {
        cancel();
        this.#wake = undefined;
        resolve();
      };
    });
  }

  #state(): DomainState | undefined {
    return this.#dependencies.publisher.get('domains', this.watched.id)?.state;
  }

  #setState(state: DomainState, step: Step | null, reason: string | null): void {
    const isNew = this.#state() !== state;
    this.#patch({ state, step, reason, ...(isNew ? { sinceMs: this.#dependencies.clock.wallMs() } : {}) });
  }

  #patch(
    patch: Partial<{
      state: DomainState;
      step: Step | null;
      reason: string | null;
      server: string;
      sinceMs: number;
    }>,
  ): void {
    const { publisher } = this.#dependencies;
    const row = publisher.get('domains', this.watched.id);
    if (row !== undefined) publisher.put('domains', { ...row, ...patch, services: this.#model.serviceCount });
  }
}
