import type { Clock } from '../net/clock.ts';
import type { Change } from '../../protocol/push/change.ts';
import { changeName } from '../../protocol/push/change.ts';
import type { Refusal } from '../../protocol/push/refusal.ts';
import type { Name } from '../../protocol/wire/name.ts';
import { rcodeName } from '../../protocol/wire/registry.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import { Attempts } from './attempts.ts';
import type { Backoff } from './backoff.ts';
import type { ReadTrust } from '../net/domain-trust.ts';
import type { FeedPool } from './feed-pool.ts';
import { witnessed } from './lookup-evidence.ts';
import { QuestionSet } from './question-set.ts';
import type { RaceUser } from './server-attempt.ts';
import type { EndOfRace, RaceDependencies } from './server-race.ts';
import { ServerRace } from './server-race.ts';
import type { Failure, SearchDependencies, SearchSubject } from './server-search.ts';
import { searchServer, searchServers } from './server-search.ts';
import type { SourceOwner, SourceWitness } from './source-owner.ts';

/** Where a source begins, and whom it trusts. */
export interface SourceSubject extends SearchSubject {
  /** What it is for, as people say it. */
  readonly text: string;
  /** Reads whom to trust and what to show, anew for each attempt: files may have been mended. */
  readonly trust: () => ReadTrust;
  /** Whether a server that declines this question is no use at all. Left out, it is if it has accepted none. */
  readonly isVital?: (question: Question) => boolean;
}

/** What a source needs of the world. */
export interface SourceDependencies {
  readonly clock: Clock;
  readonly pool: FeedPool;
  readonly search: Omit<SearchDependencies, 'progressed'>;
  readonly backoff: Backoff;
  /** Something happened: what it put into tables belongs together. */
  readonly batchDone: () => void;
}

/** What could not be found out is looked for again with the next question that comes after this. */
const RECHECK_MS = 60_000;
const RESTS: Failure = { step: 'session', reason: 'Nothing is asked of it now.' };

/** The source of what is asked about one zone: finds its servers, follows one after the other, and begins again. */
export class ZoneSource implements RaceUser {
  readonly #subject: SourceSubject;
  readonly #dependencies: SourceDependencies;
  readonly #owner: SourceOwner;
  readonly #witness: SourceWitness;
  /** What is asked now, whether a session covers it or not. */
  readonly #questions = new QuestionSet();
  #zone: Name | undefined;
  /** What is under way since the start; undefined while it rests. */
  #run: AbortController | undefined;
  #race: ServerRace | undefined;
  #liveSinceMs: number | undefined;
  /** For how long the last session was of use. */
  #lastedMs = 0;
  /** Until then what discovery found may be used without looking again. */
  #freshUntilMs = Infinity;
  /** Whether the next attempt takes no heed of what went before. */
  #isForgiving = false;
  /** Ends the wait for the next attempt. */
  #wake: (() => void) | undefined;

  constructor(
    subject: SourceSubject,
    dependencies: SourceDependencies,
    owner: SourceOwner,
    witness: SourceWitness,
  ) {
    this.#subject = subject;
    this.#dependencies = dependencies;
    this.#owner = owner;
    this.#witness = witness;
  }

  /** Begins to look for servers. */
  start(): void {
    this.rest();
    this.#run = new AbortController();
    void this.#keepOn(this.#run.signal); // never rejects: a failure is told
  }

  /** Ends what is under way, sessions that nobody else uses in good order; what was asked is kept for the next start. */
  rest(): void {
    this.#run?.abort();
    this.#run = undefined;
    this.#race?.stop(RESTS);
    this.#race = undefined;
    this.uncovered();
    this.#wake?.();
  }

  /** Tries again at once, if it is waiting to, whatever servers have asked for: a person wants to know. */
  retry(): void {
    this.#isForgiving = true;
    this.#wake?.();
  }

  /**
   * The network has changed: what was answered on the other one is forgotten, and looked for anew. The session, if it is of
   * use, is probed by the pool; it is left when the zone no longer names its server.
   */
  suspect(): void {
    this.#dependencies.search.resolver.forget();
    if (this.#run === undefined) return;
    if (this.isLive)
      void this.#recheck(this.#run.signal); // never rejects: what cannot be found stays as it is
    else this.start();
  }

  /**
   * Asks questions, now and on every session to come until they are taken back. When what discovery found has expired, it is
   * run again for them (RFC 8765 §6.1).
   */
  ask(questions: readonly Question[]): void {
    for (const question of questions) this.#questions.add(question);
    this.#race?.ask(questions);
    const isStale = this.#dependencies.clock.nowMs() >= this.#freshUntilMs;
    if (this.#run !== undefined && this.isLive && isStale) void this.#recheck(this.#run.signal); // as above
  }

  /** Takes questions back. */
  unask(questions: readonly Question[]): void {
    for (const question of questions) this.#questions.delete(question);
    this.#race?.unask(questions);
  }

  /** A question that the server declined does lie in the zone: it asks for nothing else in there for a while (RFC 8765 §6.2.2). */
  lacks(refusal: Refusal): void {
    const target = this.#race?.target;
    if (target !== undefined) this.#dependencies.pool.lacks(target, this.zone, refusal);
  }

  /** Whether nothing is asked. */
  get isIdle(): boolean {
    return this.#questions.isEmpty;
  }

  /** What is asked now. */
  get questions(): readonly Question[] {
    return this.#questions.all;
  }

  /** The zone that discovery last found; until then the name that it began with. */
  get zone(): Name {
    return this.#zone ?? this.#subject.name;
  }

  /** Whether a session is of use. */
  get isLive(): boolean {
    return this.#liveSinceMs !== undefined;
  }

  accepted(question: Question): void {
    if (this.#isVital(question)) this.#liveSinceMs ??= this.#dependencies.clock.nowMs();
    this.#owner.accepted(question);
  }

  refused(question: Question, refusal: Refusal | null): Failure | undefined {
    if (!this.#isVital(question)) {
      this.#owner.refused(question, refusal);
      return undefined;
    }
    const rcode = refusal === null ? 'too many subscriptions' : rcodeName(refusal.rcode);
    const reason = `The server of ${this.#subject.text} declined the subscription (${rcode}): it does not offer push for this name. Ask who runs it.`;
    return { step: 'subscribe', reason };
  }

  changed(changes: readonly Change[]): void {
    const own = changes.filter((change) => this.#questions.hasName(changeName(change)));
    if (own.length > 0) this.#owner.changed(own);
  }

  known(question: Question): readonly ResourceRecord[] {
    return this.#owner.known(question);
  }

  uncovered(): void {
    if (this.#liveSinceMs !== undefined) {
      this.#lastedMs = Math.max(1, this.#dependencies.clock.nowMs() - this.#liveSinceMs);
    }
    this.#liveSinceMs = undefined;
    this.#owner.uncovered(this.questions);
  }

  #isVital(question: Question): boolean {
    return this.#subject.isVital?.(question) ?? !this.isLive;
  }

  async #keepOn(signal: AbortSignal): Promise<void> {
    const { backoff, batchDone, clock } = this.#dependencies;
    const attempts = new Attempts(backoff);
    while (!signal.aborted) {
      const end = await this.#attempt(signal);
      if (signal.aborted) return;
      this.#isForgiving = false;
      this.#witness.failed(end, this.#lastedMs > 0);
      batchDone();
      await this.#wait(attempts.nextMs({ ...end, liveMs: this.#lastedMs }, clock.nowMs()));
    }
  }

  /** One way through discovery and all servers, as long as it lasts; returns what ended it. */
  async #attempt(signal: AbortSignal): Promise<EndOfRace> {
    const { batchDone, clock, pool, search } = this.#dependencies;
    const witness = this.#witness;
    this.#lastedMs = 0;
    witness.began();
    const shown: SearchDependencies = {
      ...search,
      resolver: witnessed(search.resolver, clock, (evidence) => witness.noted(evidence)),
      progressed: (news) => {
        if (signal.aborted) return;
        witness.progressed(news);
        batchDone();
      },
    };
    const read = this.#subject.trust();
    if (!read.ok) return { step: 'identity', reason: read.message };
    const found = await searchServers(this.#subject, shown, signal);
    if (signal.aborted) return RESTS;
    if (found.kind === 'failed') return found;
    this.#zone = found.zone;
    this.#freshUntilMs = clock.nowMs() + found.ttlSeconds * 1000;
    this.#owner.located(found.zone);
    if (this.#isForgiving) {
      for (const { target: host, port } of found.servers) pool.forgive({ host, port });
    }
    const reach: RaceDependencies['reach'] = (server, told, cancelled) =>
      searchServer(server, found, this.#subject, read.trust, { ...shown, progressed: told }, cancelled);
    const race = new ServerRace(found, { batchDone, clock, pool, reach, witness }, this);
    this.#race = race;
    const end = await race.run();
    if (this.#race === race) this.#race = undefined;
    return end;
  }

  /** Looks for the servers once more beside a session that goes on: one that the zone no longer names is left. */
  async #recheck(signal: AbortSignal): Promise<void> {
    const { clock, search } = this.#dependencies;
    const race = this.#race;
    this.#freshUntilMs = Infinity;
    const quietly = { ...search, progressed: () => undefined };
    const found = await searchServers(this.#subject, quietly, signal);
    if (signal.aborted || race !== this.#race) return;
    this.#freshUntilMs = clock.nowMs() + (found.kind === 'failed' ? RECHECK_MS : found.ttlSeconds * 1000);
    const target = race?.target;
    if (found.kind === 'failed' || target === undefined) return;
    const isNamed = found.servers.some(
      ({ target: host, port }) => port === target.port && host.equals(target.host),
    );
    if (isNamed) return;
    const reason = `${this.#subject.text} has other push servers now: Herald goes over to them.`;
    race?.leave({ step: 'srv', reason });
  }

  #wait(untilMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#dependencies.clock.at(untilMs, () => this.#wake?.());
      this.#wake = () => {
        cancel();
        this.#wake = undefined;
        resolve();
      };
    });
  }
}
