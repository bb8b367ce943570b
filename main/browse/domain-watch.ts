import type { DomainRow, DomainState } from '../contract/api.ts';
import type { Step } from '../contract/ladder.ts';
import type { Clock } from '../net/clock.ts';
import type { Change } from '../../protocol/push/change.ts';
import type { Refusal } from '../../protocol/push/refusal.ts';
import type { BrowseScope } from '../../protocol/dnssd/instance-name.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import type { Backoff } from './backoff.ts';
import { DomainModel } from './domain-model.ts';
import type { FeedPool } from './feed-pool.ts';
import type { StepNews } from './ladder.ts';
import { Ladder } from './ladder.ts';
import { questionText, witnessed } from './lookup-evidence.ts';
import type { Publisher } from './publisher.ts';
import type { Failure, SearchDependencies } from './server-search.ts';
import { searchSubject } from './server-search.ts';
import type { SourceOwner } from './zone-source.ts';
import { ZoneSource } from './zone-source.ts';

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

/** One domain that is watched: what its source tells goes into its model, how the source stands into its row and ladder. */
export class DomainWatch implements SourceOwner {
  readonly watched: WatchedScope;
  readonly #dependencies: DomainWatchDependencies;
  readonly #model: DomainModel;
  readonly #ladder: Ladder;
  readonly #source: ZoneSource;

  constructor(watched: WatchedScope, dependencies: DomainWatchDependencies) {
    this.watched = watched;
    this.#dependencies = dependencies;
    const { backoff, clock, pool, publisher, search } = dependencies;
    const { caPem, id, scope, text } = watched;
    this.#ladder = new Ladder(id, { clock, publisher });
    const resolver = witnessed(search.resolver, clock, (evidence) => this.#ladder.note(evidence));
    this.#source = new ZoneSource(
      { ...searchSubject(scope), text, caPem },
      {
        clock,
        pool,
        backoff,
        search: { ...search, resolver },
        batchDone: () => publisher.commit(),
      },
      this,
    );
    this.#model = new DomainModel(
      watched,
      { clock, publisher },
      {
        ask: (questions) => this.#source.ask(questions),
        unask: (questions) => this.#source.unask(questions),
        countChanged: () => this.#patch({}),
      },
    );
  }

  /** Shows the domain and begins to look for its server, unless everything is paused, for this reason. */
  start(pausedFor: string | undefined): void {
    const { clock, publisher } = this.#dependencies;
    const { id, text: name } = this.watched;
    const isPaused = pausedFor !== undefined;
    publisher.put('domains', {
      id,
      name,
      state: isPaused ? 'paused' : 'discovering',
      step: isPaused ? null : 'zone',
      reason: pausedFor ?? null,
      server: null,
      services: 0,
      sinceMs: clock.wallMs(),
    });
    this.#ladder.begin();
    if (!isPaused) this.#source.start();
  }

  /** Asks nothing any more until `resume`: what is known stays, and ages. `reason` is a sentence for people. */
  pause(reason: string): void {
    this.#source.rest();
    this.#ladder.begin();
    this.#setState('paused', null, reason);
  }

  /** Goes on after a pause, in so many milliseconds. */
  resume(delayMs: number): void {
    this.#setState('discovering', 'zone', null);
    this.#source.start(delayMs);
  }

  /** Tries again at once, if it is waiting to, whatever servers have asked for: a person wants to know. */
  retry(): void {
    this.#source.retry();
  }

  /** The network or the machine has changed: what was found out about servers may not hold any more. */
  suspect(): void {
    this.#source.suspect();
  }

  /** Stops watching; its rows go. */
  close(): void {
    this.#source.rest();
    this.#model.close();
    this.#ladder.close();
    this.#dependencies.publisher.drop('domains', this.watched.id);
  }

  isVital(question: Question): boolean {
    return this.#model.isRoot(question);
  }

  accepted(question: Question): void {
    this.#model.accepted(question);
    if (!this.#model.isRoot(question)) return;
    this.#setState('live', null, null);
    this.#ladder.subscribed(questionText(question), this.#row?.server ?? null);
  }

  refused(question: Question, refusal: Refusal | null): void {
    this.#model.refused(question, refusal);
  }

  changed(changes: readonly Change[]): void {
    const first = this.#ladder.hasPassed('data') ? 0 : this.#model.countConcerning(changes);
    this.#model.changed(changes);
    if (first > 0) this.#ladder.firstData(first, this.#row?.server ?? null);
  }

  known(question: Question): readonly ResourceRecord[] {
    return this.#model.known(question);
  }

  uncovered(): void {
    this.#model.uncovered();
  }

  began(): void {
    this.#ladder.begin();
  }

  progressed(news: StepNews): void {
    this.#ladder.take(news);
    if (news.kind === 'started' && this.#row?.state === 'discovering') this.#patch({ step: news.step });
  }

  movedOn({ step, reason }: Failure, server: string): void {
    this.#ladder.nextServer(step, reason, server);
  }

  follows(server: string): void {
    this.#patch({ server });
  }

  failed({ step, reason }: Failure, wasLive: boolean): void {
    this.#ladder.fail(step, reason, this.#row?.server ?? null);
    this.#setState(wasLive ? 'discovering' : 'failed', step, reason);
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
