import type { DomainRow, DomainState } from '../contract/api.ts';
import type { Evidence, Step } from '../contract/ladder.ts';
import type { Clock } from '../net/clock.ts';
import type { Change } from '../../protocol/push/change.ts';
import type { Refusal } from '../../protocol/push/refusal.ts';
import type { BrowseScope } from '../../protocol/dnssd/instance-name.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import { questionKey } from '../../protocol/wire/record.ts';
import { RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import type { Backoff } from './backoff.ts';
import { DomainModel } from './domain-model.ts';
import type { FeedPool } from './feed-pool.ts';
import type { StepNews } from './ladder.ts';
import { Ladder } from './ladder.ts';
import { questionText } from './lookup-evidence.ts';
import type { Publisher } from './publisher.ts';
import type { Failure, SearchDependencies } from './server-search.ts';
import { searchSubject } from './server-search.ts';
import type { SourceListener, SourceWitness } from './source-owner.ts';
import { ZoneSources } from './zone-sources.ts';

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

/** One domain that is watched: what its sources tell goes into its model, how the home zone's stands into its row and ladder. */
export class DomainWatch implements SourceListener, SourceWitness {
  readonly watched: WatchedScope;
  readonly #dependencies: DomainWatchDependencies;
  readonly #rootKey: string;
  readonly #model: DomainModel;
  readonly #ladder: Ladder;
  readonly #sources: ZoneSources;

  constructor(watched: WatchedScope, dependencies: DomainWatchDependencies) {
    this.watched = watched;
    this.#dependencies = dependencies;
    const { backoff, clock, pool, publisher, search } = dependencies;
    const { caPem, id, scope, text } = watched;
    const subject = searchSubject(scope);
    this.#rootKey = questionKey({ name: subject.name, type: RecordType.PTR, class: RecordClass.IN });
    this.#ladder = new Ladder(id, { clock, publisher });
    this.#sources = new ZoneSources(
      { ...subject, text, caPem, isVital: (question) => this.#isRoot(question) },
      { clock, pool, backoff, search, batchDone: () => publisher.commit() },
      this,
      this,
    );
    this.#model = new DomainModel(
      watched,
      { clock, publisher },
      {
        ask: (questions) => this.#sources.ask(questions),
        unask: (questions) => this.#sources.unask(questions),
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
    if (!isPaused) this.#sources.start();
  }

  /** Asks nothing any more until `resume`: what is known stays, and ages. `reason` is a sentence for people. */
  pause(reason: string): void {
    this.#sources.rest();
    this.#ladder.begin();
    this.#setState('paused', null, reason);
  }

  /** Goes on after a pause. */
  resume(): void {
    this.#setState('discovering', 'zone', null);
    this.#sources.start();
  }

  /** Tries again at once, if it is waiting to, whatever servers have asked for: a person wants to know. */
  retry(): void {
    this.#sources.retry();
  }

  /** The network or the machine has changed: what was found out about servers may not hold any more. */
  suspect(): void {
    this.#sources.suspect();
  }

  /** Stops watching; its rows go. */
  close(): void {
    this.#sources.rest();
    this.#model.close();
    this.#ladder.close();
    this.#dependencies.publisher.drop('domains', this.watched.id);
  }

  accepted(question: Question): void {
    this.#model.accepted(question);
    if (!this.#isRoot(question)) return;
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

  uncovered(questions: readonly Question[]): void {
    this.#model.uncovered(questions);
  }

  began(): void {
    this.#ladder.begin();
  }

  noted(evidence: Evidence): void {
    this.#ladder.note(evidence);
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

  /** Whether the domain begins with a question: its list of types, or of instances. */
  #isRoot(question: Question): boolean {
    return questionKey(question) === this.#rootKey;
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
