import type { DomainRow, DomainState } from '../contract/api.ts';
import type { Step } from '../contract/ladder.ts';
import type { Clock } from '../net/clock.ts';
import type { Change } from '../../protocol/push/change.ts';
import type { Refusal } from '../../protocol/push/refusal.ts';
import type { BrowseScope } from '../../protocol/dnssd/instance-name.ts';
import type { Name } from '../../protocol/wire/name.ts';
import { rcodeName } from '../../protocol/wire/registry.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import type { Backoff } from './backoff.ts';
import type { Feed, PushServerTarget } from './feed.ts';
import type { FeedEnd, FeedUser } from './feed-user.ts';
import type { FeedPool } from './feed-pool.ts';
import { serverText } from './feed-pool.ts';
import { DomainModel } from './domain-model.ts';
import type { StepNews } from './ladder.ts';
import { Ladder } from './ladder.ts';
import { questionText, witnessed } from './lookup-evidence.ts';
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

/** A session that was live for less than this is no sign that the next one will last (RFC 8490 §6.6.3.2). */
const STABLE_MS = 10_000;

/** What ended an attempt, and for how long the domain was live by it: 0 if it never was. */
interface EndOfAttempt extends Failure {
  readonly liveMs: number;
  /** When the first server may be tried again, if none could be this time. */
  readonly readyMs?: number;
}

/** One domain that is watched: finds its server, keeps the session, and begins again when it is lost. */
export class DomainWatch implements FeedUser {
  readonly watched: WatchedScope;
  readonly #dependencies: DomainWatchDependencies;
  readonly #model: DomainModel;
  readonly #ladder: Ladder;
  readonly #search: SearchDependencies;
  readonly #abort = new AbortController();
  #feed: Feed | undefined;
  #zone: Name;
  /** Ends the wait for the end of the session under way. */
  #feedEnded: ((end: EndOfAttempt) => void) | undefined;
  /** Whether the next attempt takes no heed of what went before. */
  #isForgiving = false;
  /** Ends the wait for the next attempt. */
  #wake: (() => void) | undefined;

  constructor(watched: WatchedScope, dependencies: DomainWatchDependencies) {
    this.watched = watched;
    this.#zone = watched.scope.domain;
    this.#dependencies = dependencies;
    const { clock, publisher, search } = dependencies;
    this.#ladder = new Ladder(watched.id, { clock, publisher });
    this.#search = {
      ...search,
      resolver: witnessed(search.resolver, clock, (evidence) => this.#ladder.note(evidence)),
      progressed: (news) => {
        this.progressed(news);
        publisher.commit();
      },
    };
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
    this.#ladder.begin();
    void this.#run(); // never rejects: a failure is a row
  }

  /** Tries again at once, if it is waiting to, whatever servers have asked for: a person wants to know. */
  retry(): void {
    this.#isForgiving = true;
    this.#wake?.();
  }

  /** Stops watching; its rows go. */
  close(): void {
    this.#abort.abort();
    this.#feed?.leave(this);
    this.#feed = undefined;
    this.#feedEnded?.({ step: 'session', reason: 'It is no longer watched.', liveMs: 0 });
    this.#wake?.();
    this.#model.close();
    this.#ladder.close();
    this.#dependencies.publisher.drop('domains', this.watched.id);
  }

  get zone(): Name {
    return this.#zone;
  }

  accepted(question: Question): void {
    if (!this.#model.accepted(question)) return;
    this.#setState('live', null, null);
    this.#ladder.subscribed(questionText(question), this.#row?.server ?? null);
  }

  refused(question: Question, refusal: Refusal | null): void {
    const rcode = refusal === null ? 'too many subscriptions' : rcodeName(refusal.rcode);
    const isRoot = this.#model.refused(question, refusal);
    if (!isRoot) return;
    const reason = `The server of ${this.watched.text} declined the subscription (${rcode}): it does not offer push for this name. Ask who runs it.`;
    if (this.#feed !== undefined) this.#dependencies.pool.declined(this.#feed.target, reason);
    this.#feed?.leave(this);
    this.#over({ step: 'subscribe', reason });
  }

  changed(changes: readonly Change[]): void {
    const first = this.#ladder.hasPassed('data') ? 0 : this.#model.countConcerning(changes);
    this.#model.changed(changes);
    if (first > 0) this.#ladder.firstData(first, this.#row?.server ?? null);
  }

  known(question: Question): readonly ResourceRecord[] {
    return this.#model.known(question);
  }

  progressed(news: StepNews): void {
    this.#ladder.take(news);
    if (news.kind === 'started' && this.#row?.state === 'discovering') this.#patch({ step: news.step });
  }

  ended(end: FeedEnd): void {
    this.#over(end);
  }

  async #run(): Promise<void> {
    const { signal } = this.#abort;
    const { backoff, clock } = this.#dependencies;
    for (let failures = 0; !signal.aborted;) {
      const failure = await this.#attempt(signal);
      this.#isForgiving = false;
      if (signal.aborted) return;
      failures = failure.liveMs < STABLE_MS ? failures + 1 : 0;
      this.#ladder.fail(failure.step, failure.reason, this.#row?.server ?? null);
      this.#setState(failure.liveMs > 0 ? 'discovering' : 'failed', failure.step, failure.reason);
      this.#dependencies.publisher.commit();
      await this.#pause(failure.readyMs ?? clock.nowMs() + backoff.delayMs(failures));
    }
  }

  /** One way through discovery and all servers, as long as it lasts; returns what ended it. */
  async #attempt(signal: AbortSignal): Promise<EndOfAttempt> {
    this.#ladder.begin();
    const found = await searchServers(this.watched.scope, this.#search, signal);
    if (found.kind === 'failed') return { ...found, liveMs: 0 };
    this.#zone = found.zone;
    let last: Failure = { step: 'srv', reason: 'The domain names no server.' };
    let lastServer = '';
    const readyMs: number[] = [];
    const { pool } = this.#dependencies;
    for (const [at, server] of found.servers.entries()) {
      const { target: host, port } = server;
      if (at > 0) this.#ladder.nextServer(last.step, last.reason, lastServer);
      lastServer = serverText({ host, port });
      if (this.#isForgiving) pool.forgive({ host, port });
      const wait = pool.waitFor({ host, port }, found.zone);
      if (wait !== undefined) {
        last = {
          step: wait.step,
          reason: `${wait.reason} Herald comes back when the time is up, or when you try again.`,
        };
        readyMs.push(wait.untilMs);
        continue;
      }
      const reached = await searchAddresses(server, found.addresses, this.#search, signal);
      if (signal.aborted) break;
      if (reached.kind === 'failed') {
        last = reached;
        continue;
      }
      const ended = await this.#follow({
        host,
        port,
        addresses: reached.addresses,
        caPem: this.watched.caPem,
      });
      if (ended.liveMs > 0 || signal.aborted) return ended;
      last = ended;
    }
    const mustAllWait = readyMs.length === found.servers.length;
    return { ...last, liveMs: 0, ...(mustAllWait ? { readyMs: Math.min(...readyMs) } : {}) };
  }

  /** Asks a server everything that is asked now; resolves when that is over. */
  #follow(target: PushServerTarget): Promise<EndOfAttempt> {
    return new Promise((resolve) => {
      this.#feedEnded = resolve;
      this.#patch({ server: serverText(target) });
      this.#feed = this.#dependencies.pool.feedFor(target);
      this.#feed.ask(this, this.#model.questions);
      this.#dependencies.publisher.commit();
    });
  }

  #over({ step, reason }: Failure): void {
    const { clock } = this.#dependencies;
    const row = this.#row;
    const liveMs = row?.state === 'live' ? Math.max(1, clock.wallMs() - row.sinceMs) : 0;
    this.#feed = undefined;
    this.#model.uncovered();
    this.#feedEnded?.({ step, reason, liveMs });
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

  get #row(): DomainRow | undefined {
    return this.#dependencies.publisher.get('domains', this.watched.id);
  }

  #setState(state: DomainState, step: Step | null, reason: string | null): void {
    const isNew = this.#row?.state !== state;
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
    const row = this.#row;
    if (row !== undefined) publisher.put('domains', { ...row, ...patch, services: this.#model.serviceCount });
  }
}
