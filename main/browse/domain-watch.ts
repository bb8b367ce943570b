import type { DomainRow, DomainState } from '../contract/api.ts';
import type { Evidence, Step } from '../contract/ladder.ts';
import type { Doubt } from '../contract/service-check.ts';
import type { Clock } from '../net/clock.ts';
import type { Change } from '../../protocol/push/change.ts';
import type { Refusal } from '../../protocol/push/refusal.ts';
import type { BrowseScope } from '../../protocol/dnssd/instance-name.ts';
import type { FollowedTypes } from '../../protocol/dnssd/type-list.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import { questionKey } from '../../protocol/wire/record.ts';
import { RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import type { Backoff } from './backoff.ts';
import { DomainModel } from './domain-model.ts';
import type { ReadTrust } from '../net/domain-trust.ts';
import type { ServiceEndpoint } from './endpoint-record.ts';
import type { FeedPool } from './feed-pool.ts';
import type { ShownIdentity } from '../net/identity-check.ts';
import type { SecurePeer } from '../net/tls-opening.ts';
import type { TrustPolicy } from '../net/trust-policy.ts';
import type { StepNews } from './ladder.ts';
import { Ladder } from './ladder.ts';
import { questionText } from './lookup-evidence.ts';
import type { PollGate } from './poll-gate.ts';
import type { Publisher } from './publisher.ts';
import type { Failure, SearchDependencies } from './server-search.ts';
import { searchSubject } from './server-search.ts';
import type { BelievedServer } from './server-trust.ts';
import { certificateRow } from './server-trust.ts';
import type { DomainMemory } from './service-memory.ts';
import type { NewsWitness } from './service-news.ts';
import type { SourceListener, SourceWitness } from './source-owner.ts';
import { ZoneSources } from './zone-sources.ts';

/** What is watched: a scope, the name it goes by, and whom to trust for it. */
export interface WatchedScope {
  /** The folded name of the scope: the id of its row. */
  readonly id: string;
  /** The name as shown. */
  readonly text: string;
  readonly scope: BrowseScope;
  /** Reads whom to trust and what to show, anew for each attempt. */
  readonly trust: () => ReadTrust;
}

/** Why a watch asks nothing: everything is paused, or its domain belongs to another network. */
export interface Hold {
  readonly state: Extract<DomainState, 'paused' | 'elsewhere'>;
  /** A sentence for people. */
  readonly reason: string;
}

/** What a watch needs of the world. */
export interface DomainWatchDependencies {
  readonly clock: Clock;
  readonly publisher: Publisher;
  readonly pool: FeedPool;
  readonly search: Omit<SearchDependencies, 'progressed'>;
  readonly backoff: Backoff;
  readonly gate: PollGate;
  /** Whether what was shown stays until the domain has settled again. */
  readonly keepsMemory: boolean;
  /** What is kept of it between two runs; undefined where nothing is. */
  readonly memory: DomainMemory | undefined;
  /** Who is told of what happens to its services. */
  readonly witness: NewsWitness | undefined;
}

/** One domain that is watched: what its sources tell goes into its model, how the home zone's stands into its row and ladder. */
export class DomainWatch implements SourceListener, SourceWitness {
  readonly watched: WatchedScope;
  readonly #dependencies: DomainWatchDependencies;
  readonly #rootKey: string;
  readonly #model: DomainModel;
  readonly #ladder: Ladder;
  readonly #sources: ZoneSources;
  /** Why there is no push. */
  #failure: Failure = { step: 'zone', reason: '' };

  constructor(watched: WatchedScope, dependencies: DomainWatchDependencies) {
    this.watched = watched;
    this.#dependencies = dependencies;
    const { backoff, clock, gate, keepsMemory, memory, pool, publisher, search, witness } = dependencies;
    const { id, scope, text, trust } = watched;
    const subject = searchSubject(scope);
    this.#rootKey = questionKey({ name: subject.name, type: RecordType.PTR, class: RecordClass.IN });
    this.#ladder = new Ladder(id, { clock, publisher });
    this.#sources = new ZoneSources(
      { ...subject, text, trust, isVital: (question) => this.#isRoot(question) },
      { clock, pool, backoff, gate, search, batchDone: () => publisher.commit() },
      this,
      this,
    );
    this.#model = new DomainModel(
      watched,
      { clock, publisher, keepsMemory, memory, witness },
      {
        ask: (questions) => this.#sources.ask(questions),
        unask: (questions) => this.#sources.unask(questions),
        servicesChanged: () => this.#patch({}),
      },
    );
  }

  /** Shows the domain and begins to look for its server, unless it is held. */
  start(hold: Hold | undefined): void {
    const { clock, publisher } = this.#dependencies;
    const { id, text: name } = this.watched;
    this.#model.services.recall();
    publisher.put('domains', {
      id,
      name,
      state: hold?.state ?? 'discovering',
      step: hold === undefined ? 'zone' : null,
      reason: hold?.reason ?? null,
      server: null,
      trust: null,
      polled: null,
      ...this.#model.services.summary,
      sinceMs: clock.wallMs(),
    });
    this.#ladder.begin();
    if (hold === undefined) this.#sources.start();
  }

  /** Asks nothing any more until `resume`: what is known stays, and ages. */
  hold({ state, reason }: Hold): void {
    this.#sources.rest();
    this.#ladder.begin();
    this.#doubt();
    this.#setState(state, null, reason);
  }

  /** Whether nothing is asked. */
  get isHeld(): boolean {
    const state = this.#row?.state;
    return state === 'paused' || state === 'elsewhere';
  }

  /** Follows services of these types, and goes on if it was held. */
  follow(types: FollowedTypes): void {
    this.#model.follow(types);
    if (!this.isHeld) return;
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

  /** Nothing answers at the endpoint of the service with this row: its server is asked to check the record that says so. */
  doubt(serviceId: string, endpoint: ServiceEndpoint): Doubt {
    const record = this.#model.endpointRecord(serviceId, endpoint);
    return record === undefined ? 'not-covered' : this.#dependencies.pool.reconfirm(record);
  }

  /** Whose details are asked for from now on, by the keys of their names; in the beginning those of everything are. */
  look(at: ReadonlySet<string>): void {
    this.#model.look(at);
  }

  /** What is shown is as of now: to be called before it is written for the last time. */
  keep(): void {
    this.#model.services.keep();
  }

  /** Stops watching; its rows go. */
  close(): void {
    this.#sources.rest();
    this.#model.close();
    this.#ladder.close();
    for (const table of ['domains', 'certificates'] as const)
      this.#dependencies.publisher.drop(table, this.watched.id);
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

  answered(question: Question, records: readonly ResourceRecord[]): void {
    this.#model.answered(question, records);
  }

  known(question: Question): readonly ResourceRecord[] {
    return this.#model.known(question);
  }

  uncovered(questions: readonly Question[]): void {
    this.#model.uncovered(questions);
    this.#patch({});
  }

  began(): void {
    this.#ladder.begin();
    this.#doubt();
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

  believed({ trust, peer, policy }: BelievedServer): void {
    this.#patch({ trust });
    this.#showCertificate(peer.identity, policy, peer);
  }

  failed(failure: Failure, isPolling: boolean, wasLive: boolean): void {
    const { step, reason, refused } = failure;
    this.#doubt();
    if (refused !== undefined) this.#showCertificate(refused.identity, refused.policy, undefined);
    this.#ladder.fail(step, reason, this.#row?.server ?? null);
    this.#failure = failure;
    if (!isPolling) this.#setState(wasLive ? 'discovering' : 'failed', step, reason);
    else if (this.#row?.state === 'polling') this.polled();
  }

  polled(): void {
    const { step, reason } = this.#failure;
    this.#setState('polling', step, reason);
  }

  unanswered(reason: string): void {
    this.#setState('failed', this.#failure.step, reason);
  }

  roundEnded(everySeconds: number): void {
    if (this.#row?.state !== 'polling') return;
    this.#patch({ polled: { askedMs: this.#dependencies.clock.wallMs(), everySeconds } });
  }

  /** Whether the domain begins with a question: its list of types, or of instances. */
  #isRoot(question: Question): boolean {
    return questionKey(question) === this.#rootKey;
  }

  /** Whoever was believed is believed no more. */
  #doubt(): void {
    if ((this.#row?.trust ?? null) !== null) this.#patch({ trust: null });
  }

  #showCertificate(identity: ShownIdentity, policy: TrustPolicy, peer: SecurePeer | undefined): void {
    const place = { id: this.watched.id, server: this.#row?.server ?? '' };
    this.#dependencies.publisher.put('certificates', certificateRow(place, identity, policy, peer));
  }

  get #row(): DomainRow | undefined {
    return this.#dependencies.publisher.get('domains', this.watched.id);
  }

  #setState(state: DomainState, step: Step | null, reason: string | null): void {
    const row = this.#row;
    const isNew = row?.state !== state;
    const polled = state === 'polling' ? (row?.polled ?? null) : null;
    const since = isNew ? { sinceMs: this.#dependencies.clock.wallMs() } : {};
    this.#patch({ state, step, reason, polled, ...since });
  }

  #patch(
    patch: Partial<Pick<DomainRow, 'state' | 'step' | 'reason' | 'server' | 'trust' | 'polled' | 'sinceMs'>>,
  ): void {
    const { publisher } = this.#dependencies;
    const row = this.#row;
    if (row !== undefined) publisher.put('domains', { ...row, ...patch, ...this.#model.services.summary });
  }
}
