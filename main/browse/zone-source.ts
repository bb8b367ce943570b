import type { Clock } from '../net/clock.ts';
import type { Change } from '../../protocol/push/change.ts';
import type { Refusal } from '../../protocol/push/refusal.ts';
import type { Name } from '../../protocol/wire/name.ts';
import { rcodeName } from '../../protocol/wire/registry.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import { questionKey } from '../../protocol/wire/record.ts';
import type { Backoff } from './backoff.ts';
import type { Feed, PushServerTarget } from './feed.ts';
import type { FeedPool } from './feed-pool.ts';
import { serverText } from './feed-pool.ts';
import type { FeedEnd, FeedUser } from './feed-user.ts';
import type { StepNews } from './ladder.ts';
import type { Failure, SearchDependencies, SearchSubject } from './server-search.ts';
import { searchAddresses, searchServers } from './server-search.ts';

/** Where a source begins, and whom it trusts. */
export interface SourceSubject extends SearchSubject {
  /** What it is for, as people say it. */
  readonly text: string;
  /** Certificates to trust instead of the system's, as PEM. */
  readonly caPem: string | undefined;
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

/** Whom a source works for: it is told what comes in, and how the source stands. */
export interface SourceOwner {
  /** Whether a server that declines this question is no use at all. */
  isVital(question: Question): boolean;
  /** From here on the changes of a question are told, beginning with what is there. */
  accepted(question: Question): void;
  /** A question that is not vital will not, or no longer, be told of; null when there were too many already. */
  refused(question: Question, refusal: Refusal | null): void;
  /** Changes of one PUSH, those of questions that others asked among them. */
  changed(changes: readonly Change[]): void;
  /** What is known of a question that was accepted. */
  known(question: Question): readonly ResourceRecord[];
  /** Nothing that was asked is covered any more. */
  uncovered(): void;
  /** An attempt begins. */
  began(): void;
  /** The attempt came a step further. */
  progressed(news: StepNews): void;
  /** A server was no use, and the zone's next one is tried. */
  movedOn(failure: Failure, server: string): void;
  /** A server is being connected to. */
  follows(server: string): void;
  /** The attempt is over; another one follows. `wasLive` when a session had been of use. */
  failed(failure: Failure, wasLive: boolean): void;
}

/** A session that was live for less than this is no sign that the next one will last (RFC 8490 §6.6.3.2). */
const STABLE_MS = 10_000;
const RESTS: Failure = { step: 'session', reason: 'Nothing is asked of it now.' };

/** What ended an attempt, and for how long the source was live by it: 0 if it never was. */
interface EndOfAttempt extends Failure {
  readonly liveMs: number;
  /** When the first server may be tried again, if none could be this time. */
  readonly readyMs?: number;
}

/** The source of what is asked about one zone: finds its servers, follows one after the other, and begins again. */
export class ZoneSource implements FeedUser {
  readonly #subject: SourceSubject;
  readonly #dependencies: SourceDependencies;
  readonly #owner: SourceOwner;
  /** What is asked now, whether a session covers it or not. */
  readonly #questions = new Map<string, Question>();
  #zone: Name;
  /** What is under way since the start; undefined while it rests. */
  #run: AbortController | undefined;
  #feed: Feed | undefined;
  #liveSinceMs: number | undefined;
  /** Ends the wait for the end of the session under way. */
  #feedEnded: ((end: EndOfAttempt) => void) | undefined;
  /** Whether the next attempt takes no heed of what went before. */
  #isForgiving = false;
  /** Ends the wait for the next attempt. */
  #wake: (() => void) | undefined;

  constructor(subject: SourceSubject, dependencies: SourceDependencies, owner: SourceOwner) {
    this.#subject = subject;
    this.#dependencies = dependencies;
    this.#owner = owner;
    this.#zone = subject.domain ?? subject.name;
  }

  /** Begins to look for servers, after so many milliseconds. */
  start(delayMs = 0): void {
    this.rest();
    this.#run = new AbortController();
    void this.#keepOn(this.#run.signal, delayMs); // never rejects: a failure is told
  }

  /** Ends what is under way, sessions that nobody else uses in good order; what was asked is kept for the next start. */
  rest(): void {
    this.#run?.abort();
    this.#run = undefined;
    this.#feed?.leave(this);
    this.#over(RESTS);
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
    const { resolver } = this.#dependencies.search;
    resolver.forget();
    if (this.#run === undefined) return;
    if (this.#liveSinceMs === undefined) this.start();
    else void this.#recheck(this.#run.signal); // never rejects: what cannot be found stays as it is
  }

  /** Asks questions, now and on every session to come until they are taken back. */
  ask(questions: readonly Question[]): void {
    for (const question of questions) this.#questions.set(questionKey(question), question);
    this.#feed?.ask(this, questions);
  }

  /** Takes questions back. */
  unask(questions: readonly Question[]): void {
    for (const question of questions) this.#questions.delete(questionKey(question));
    this.#feed?.unask(this, questions);
  }

  get zone(): Name {
    return this.#zone;
  }

  accepted(question: Question): void {
    if (this.#owner.isVital(question)) this.#liveSinceMs ??= this.#dependencies.clock.nowMs();
    this.#owner.accepted(question);
  }

  refused(question: Question, refusal: Refusal | null): void {
    if (!this.#owner.isVital(question)) {
      this.#owner.refused(question, refusal);
      return;
    }
    const rcode = refusal === null ? 'too many subscriptions' : rcodeName(refusal.rcode);
    const reason = `The server of ${this.#subject.text} declined the subscription (${rcode}): it does not offer push for this name. Ask who runs it.`;
    if (this.#feed !== undefined) this.#dependencies.pool.declined(this.#feed.target, reason);
    this.#feed?.leave(this);
    this.#over({ step: 'subscribe', reason });
  }

  changed(changes: readonly Change[]): void {
    this.#owner.changed(changes);
  }

  known(question: Question): readonly ResourceRecord[] {
    return this.#owner.known(question);
  }

  progressed(news: StepNews): void {
    this.#owner.progressed(news);
  }

  ended(end: FeedEnd): void {
    this.#over(end);
  }

  async #keepOn(signal: AbortSignal, delayMs: number): Promise<void> {
    const { backoff, batchDone, clock } = this.#dependencies;
    if (delayMs > 0) await this.#wait(clock.nowMs() + delayMs);
    for (let failures = 0; !signal.aborted;) {
      const end = await this.#attempt(signal);
      if (signal.aborted) return;
      this.#isForgiving = false;
      failures = end.liveMs < STABLE_MS ? failures + 1 : 0;
      this.#owner.failed(end, end.liveMs > 0);
      batchDone();
      await this.#wait(end.readyMs ?? clock.nowMs() + backoff.delayMs(failures));
    }
  }

  /** One way through discovery and all servers, as long as it lasts; returns what ended it. */
  async #attempt(signal: AbortSignal): Promise<EndOfAttempt> {
    this.#owner.began();
    const search = this.#search(signal);
    const found = await searchServers(this.#subject, search, signal);
    if (found.kind === 'failed') return { ...found, liveMs: 0 };
    if (signal.aborted) return { ...RESTS, liveMs: 0 };
    this.#zone = found.zone;
    let last: Failure = { step: 'srv', reason: 'The domain names no server.' };
    let lastServer = '';
    const readyMs: number[] = [];
    const { pool } = this.#dependencies;
    for (const [at, server] of found.servers.entries()) {
      const { target: host, port } = server;
      if (at > 0) this.#owner.movedOn(last, lastServer);
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
      const reached = await searchAddresses(server, found.addresses, search, signal);
      if (signal.aborted) break;
      if (reached.kind === 'failed') {
        last = reached;
        continue;
      }
      const ended = await this.#follow({
        host,
        port,
        addresses: reached.addresses,
        caPem: this.#subject.caPem,
      });
      if (ended.liveMs > 0 || signal.aborted) return ended;
      last = ended;
    }
    const mustAllWait = readyMs.length === found.servers.length;
    return { ...last, liveMs: 0, ...(mustAllWait ? { readyMs: Math.min(...readyMs) } : {}) };
  }

  /** Looks for the servers once more beside a session that goes on: one that the zone no longer names is left. */
  async #recheck(signal: AbortSignal): Promise<void> {
    const feed = this.#feed;
    const search = { ...this.#dependencies.search, progressed: () => undefined };
    const found = await searchServers(this.#subject, search, signal);
    if (signal.aborted || feed === undefined || feed !== this.#feed || found.kind === 'failed') return;
    const { host, port } = feed.target;
    if (found.servers.some((server) => server.port === port && server.target.equals(host))) return;
    const reason = `On this network ${this.#subject.text} has other push servers: Herald goes over to them.`;
    feed.leave(this);
    this.#over({ step: 'srv', reason });
  }

  #search(signal: AbortSignal): SearchDependencies {
    const { batchDone, search } = this.#dependencies;
    return {
      ...search,
      progressed: (news) => {
        if (signal.aborted) return;
        this.#owner.progressed(news);
        batchDone();
      },
    };
  }

  /** Asks a server everything that is asked now; resolves when that is over. */
  #follow(target: PushServerTarget): Promise<EndOfAttempt> {
    return new Promise((resolve) => {
      this.#feedEnded = resolve;
      this.#owner.follows(serverText(target));
      this.#feed = this.#dependencies.pool.feedFor(target);
      this.#feed.ask(this, [...this.#questions.values()]);
      this.#dependencies.batchDone();
    });
  }

  #over({ step, reason }: Failure): void {
    const { clock } = this.#dependencies;
    const liveMs = this.#liveSinceMs === undefined ? 0 : Math.max(1, clock.nowMs() - this.#liveSinceMs);
    this.#liveSinceMs = undefined;
    this.#feed = undefined;
    this.#owner.uncovered();
    this.#feedEnded?.({ step, reason, liveMs });
    this.#feedEnded = undefined;
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
