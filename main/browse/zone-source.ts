import type { DomainTrust } from '../net/domain-trust.ts';
import type { Refusal } from '../../protocol/push/refusal.ts';
import { Name } from '../../protocol/wire/name.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import { Attempts } from './attempts.ts';
import { witnessed } from './lookup-evidence.ts';
import { NextAttempt } from './next-attempt.ts';
import type { PollingUser } from './polling-feed.ts';
import { PollingFeed } from './polling-feed.ts';
import type { PushServerTarget } from './push-server-target.ts';
import { QuestionSet } from './question-set.ts';
import { resolverStep } from './resolver-step.ts';
import type { SearchDependencies } from './server-search.ts';
import { searchServer, searchServers } from './server-search.ts';
import type { SourceDependencies } from './source-dependencies.ts';
import type { SourceOwner, SourceWitness } from './source-owner.ts';
import type { EndOfFollowing, SourceSubject } from './zone-follower.ts';
import { ZoneFollower } from './zone-follower.ts';

/** So long after a session that was of use another one is awaited before anything is polled for: servers restart. */
const POLL_AFTER_MS = 30_000;
/** What could not be found out is looked for again with the next question that comes after this. */
const RECHECK_MS = 60_000;
/**
 * What ended an attempt, and what follows from it. `poll`: the zone has no push server, or none that is of use, and is polled
 * instead (RFC 8765 §6.8). `none`: it must not be, for whoever stands in for its server could make us. `unknown`: polls that
 * go on already go on.
 */
interface EndOfAttempt extends Omit<EndOfFollowing, 'isSuspect'> {
  readonly fallback: 'poll' | 'none' | 'unknown';
}

const RESTS: EndOfAttempt = {
  step: 'session',
  reason: 'Nothing is asked of it now.',
  lastedMs: 0,
  fallback: 'unknown',
};
const NOT_FOLLOWED: EndOfFollowing = { ...RESTS, isSuspect: false };

/**
 * The source of what is asked about one zone: finds its servers, follows them, polls while there is none to follow, and
 * begins again.
 */
export class ZoneSource implements PollingUser {
  readonly #subject: SourceSubject;
  readonly #dependencies: SourceDependencies;
  readonly #owner: SourceOwner;
  readonly #witness: SourceWitness;
  /** What is asked now, whether anything covers it or not. */
  readonly #asked = new QuestionSet();
  readonly #follower: ZoneFollower;
  /** What stands in for a session; undefined while there is no need. */
  #polling: PollingFeed | undefined;
  /** What is under way since the start; undefined while it rests. */
  #run: AbortController | undefined;
  /** Until then what discovery found may be used without looking again. */
  #freshUntilMs = Infinity;
  /** Whether the next attempt takes no heed of what went before. */
  #isForgiving = false;
  readonly #next: NextAttempt;

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
    this.#next = new NextAttempt(dependencies.clock, dependencies.pool);
    this.#follower = new ZoneFollower(subject, dependencies, this.#asked, {
      accepted: (question) => owner.accepted(question),
      refused: (question, refusal) => owner.refused(question, refusal),
      changed: (changes) => owner.changed(changes),
      known: (question) => owner.known(question),
      // What polling covered and the session does not yet is in nobody's care when the session goes.
      uncovered: (covered) => owner.uncovered(this.#polling === undefined ? this.#asked.all : covered),
      live: () => {
        this.#polling?.stop();
        this.#polling = undefined;
        if (this.isAtResolver) owner.located(Name.root); // nothing lies outside
      },
    });
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
    this.#follower.stop(RESTS);
    this.#stopPolling();
    this.#next.wake();
  }

  /** Tries again at once, if it is waiting to, whatever servers have asked for: a person wants to know. */
  retry(): void {
    this.#isForgiving = true;
    this.#next.wake();
  }

  /**
   * The network has changed: what was answered on the other one is forgotten, and looked for anew. The session, if it is of
   * use, is probed by the pool; it is left when the zone no longer names its server.
   */
  suspect(): void {
    this.#dependencies.search.resolver.forget();
    if (this.#run === undefined) return;
    if (this.#follower.isLive)
      void this.#recheck(this.#run.signal); // never rejects: what cannot be found stays as it is
    else this.start();
  }

  /**
   * Asks questions, now and on every session to come until they are taken back. When what discovery found has expired, it is
   * run again for them (RFC 8765 §6.1).
   */
  ask(questions: readonly Question[]): void {
    for (const question of questions) this.#asked.add(question);
    this.#follower.ask(questions);
    this.#polling?.ask(questions);
    const isStale = this.#dependencies.clock.nowMs() >= this.#freshUntilMs;
    if (this.#run !== undefined && this.#follower.isLive && isStale) void this.#recheck(this.#run.signal); // as above
  }

  /** Takes questions back. */
  unask(questions: readonly Question[]): void {
    for (const question of questions) this.#asked.delete(question);
    this.#follower.unask(questions);
    this.#polling?.unask(questions);
  }

  /** A question that the server declined does lie in the zone. */
  lacks(refusal: Refusal): void {
    this.#follower.lacks(refusal);
  }

  /** Whether the resolver itself pushes. */
  get isAtResolver(): boolean {
    return this.#follower.isAtResolver;
  }

  /** Whether nothing is asked. */
  get isIdle(): boolean {
    return this.#asked.isEmpty;
  }

  known(question: Question): readonly ResourceRecord[] {
    return this.#owner.known(question);
  }

  polled(question: Question, records: readonly ResourceRecord[]): void {
    this.#owner.answered(question, records);
    if (this.#isVital(question)) this.#witness.polled();
    this.#dependencies.batchDone();
  }

  unanswered(question: Question, reason: string): void {
    this.#owner.uncovered([question]);
    if (this.#isVital(question)) this.#witness.unanswered(reason);
    this.#dependencies.batchDone();
  }

  /** Before each round push is tried (RFC 8765 §6.8). */
  roundDue(): void {
    this.#next.wake();
  }

  roundEnded(everySeconds: number): void {
    this.#witness.roundEnded(everySeconds);
    this.#dependencies.batchDone();
  }

  #isVital(question: Question): boolean {
    return this.#subject.isVital?.(question) === true;
  }

  async #keepOn(signal: AbortSignal): Promise<void> {
    const { backoff, batchDone, clock } = this.#dependencies;
    const attempts = new Attempts(backoff);
    let joinable: PushServerTarget | undefined;
    let isJoining = false;
    while (!signal.aborted) {
      const end = await this.#attempt(signal);
      if (signal.aborted) return;
      this.#isForgiving = false;
      if (end.fallback === 'none') this.#stopPolling();
      const pollMs = end.fallback === 'poll' ? this.#follower.lostMs + POLL_AFTER_MS : Infinity;
      const isPolling = this.#polling !== undefined || pollMs <= clock.nowMs();
      this.#witness.failed(end, isPolling, end.lastedMs > 0);
      if (isPolling) this.#poll();
      batchDone();
      const nextMs = attempts.nextMs({ ...end, liveMs: end.lastedMs }, clock.nowMs());
      // A server that was of use is gone back to as soon as others have: that is their session, and no other connection.
      joinable = end.lastedMs > 0 ? this.#follower.lastTarget : isJoining ? undefined : joinable;
      isJoining = await this.#next.due(isPolling ? nextMs : Math.min(nextMs, pollMs), joinable);
    }
  }

  /** Asks the resolver what is due; at first, that is everything. */
  #poll(): void {
    if (this.#polling !== undefined) {
      this.#polling.round();
      return;
    }
    const { clock, gate, search } = this.#dependencies;
    this.#polling = new PollingFeed({ clock, gate, resolver: search.resolver }, this);
    this.#polling.ask(this.#asked.all);
  }

  #stopPolling(): void {
    if (this.#polling === undefined) return;
    this.#polling.stop();
    this.#polling = undefined;
    this.#owner.uncovered(this.#asked.all);
  }

  /** One way through discovery and all servers, as long as it lasts; returns what ended it. */
  async #attempt(signal: AbortSignal): Promise<EndOfAttempt> {
    const { batchDone, clock, pool, search } = this.#dependencies;
    const witness = this.#witness;
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
    if (!read.ok) return { ...RESTS, step: 'tls', reason: read.message, fallback: 'none' };
    const atResolver = await this.#followResolver(shown, read.trust);
    if (signal.aborted) return RESTS;
    if (atResolver.lastedMs > 0) return { ...atResolver, fallback: 'poll' };
    const found = await searchServers(this.#subject, shown, signal);
    if (signal.aborted) return RESTS;
    if (found.kind === 'failed') return { ...found, lastedMs: 0, fallback: 'unknown' };
    this.#owner.located(found.zone);
    // Nothing changes before the next round of polls, which tries push first.
    if (found.kind === 'none') return { ...found, lastedMs: 0, readyMs: Infinity, fallback: 'poll' };
    this.#freshUntilMs = clock.nowMs() + found.ttlSeconds * 1000;
    if (this.#isForgiving) {
      for (const { target: host, port } of found.servers) pool.forgive({ host, port });
    }
    const end = await this.#follower.follow(found, {
      batchDone,
      witness,
      reach: (server, told, cancelled) =>
        searchServer(server, found, this.#subject, read.trust, { ...shown, progressed: told }, cancelled),
    });
    return { ...end, fallback: end.isSuspect ? 'none' : 'poll' };
  }

  /** Has the resolver itself push, if it may be asked, until that fails (RFC 8765 §6.1): why does not matter then. */
  async #followResolver({ progressed }: SearchDependencies, trust: DomainTrust): Promise<EndOfFollowing> {
    const { batchDone, pool, search } = this.#dependencies;
    const step = resolverStep(search.resolver, this.#subject, trust);
    if (step === undefined) return NOT_FOLLOWED;
    if (this.#isForgiving) pool.forgive(step.target);
    if (pool.waitFor(step.target, Name.root) !== undefined) return NOT_FOLLOWED;
    this.#freshUntilMs = Infinity;
    for (const news of step.news) progressed(news);
    const { reach } = step;
    const end = await this.#follower.follow(step.servers, { batchDone, witness: this.#witness, reach });
    if (end.lastedMs === 0) this.#witness.movedOn(end, step.text);
    return end;
  }

  /** Looks for the servers once more beside a session that goes on. */
  async #recheck(signal: AbortSignal): Promise<void> {
    const { clock, search } = this.#dependencies;
    if (this.isAtResolver) return; // a resolver is named by nothing
    this.#freshUntilMs = Infinity;
    const found = await searchServers(this.#subject, { ...search, progressed: () => undefined }, signal);
    if (signal.aborted) return;
    this.#freshUntilMs = clock.nowMs() + (found.kind === 'found' ? found.ttlSeconds * 1000 : RECHECK_MS);
    if (found.kind === 'found') this.#follower.keepTo(found);
  }
}
