import type { Clock } from '../net/clock.ts';
import type { Refusal } from '../../protocol/push/refusal.ts';
import type { Srv } from '../../protocol/wire/rdata.ts';
import type { Question } from '../../protocol/wire/record.ts';
import type { Feed } from './feed.ts';
import type { FeedPool } from './feed-pool.ts';
import { serverText } from './feed-pool.ts';
import type { StepNews } from './ladder.ts';
import type { AttemptOwner, RaceUser } from './server-attempt.ts';
import { ServerAttempt } from './server-attempt.ts';
import type { Failure, FoundServer, ServersOfZone } from './server-search.ts';
import type { SourceWitness } from './source-owner.ts';

/** A server that has not shown who it is by then is given company by the next of its priority (RFC 8305 §5, for servers). */
const BESIDE_EQUAL_MS = 1_000;
/** The same by one that the zone holds in reserve, which is not to be used because another is merely slow (RFC 2782). */
const BESIDE_RESERVE_MS = 5_000;

/** What a race needs of the world. */
export interface RaceDependencies {
  readonly clock: Clock;
  readonly pool: FeedPool;
  /** Finds where a server is and whom to believe there. */
  readonly reach: (
    server: Srv,
    progressed: (news: StepNews) => void,
    signal: AbortSignal,
  ) => Promise<FoundServer>;
  readonly witness: SourceWitness;
  readonly batchDone: () => void;
}

/** What a race came to. */
export interface EndOfRace extends Failure {
  /** When the first server may be tried again, if none could be this time. */
  readonly readyMs?: number;
  /** Whether anybody could not show to be the server that was meant: an attack, for all that is known. */
  readonly isSuspect: boolean;
}

/**
 * Follows the first of a zone's servers that shows who it is, and the next when that one is no use: one after the other in
 * the order of the SRV records, at once when one fails, and side by side when one is slow. Of those, nothing is asked but
 * who they are, so that all but one can be left without a word.
 */
export class ServerRace implements AttemptOwner {
  readonly #found: ServersOfZone;
  readonly #dependencies: RaceDependencies;
  readonly #user: RaceUser;
  /** Not tried yet, in order. */
  #left: readonly Srv[];
  readonly #underWay = new Set<ServerAttempt>();
  /** The one that showed who it is. */
  #winner: ServerAttempt | undefined;
  /** The one whose way the ladder shows. */
  #shown: ServerAttempt | undefined;
  #last: Failure = { step: 'srv', reason: 'The domain names no server.' };
  readonly #readyMs: number[] = [];
  #isSuspect = false;
  #finish: ((end: EndOfRace) => void) | undefined;
  #stopWaiting: () => void = () => undefined;

  constructor(found: ServersOfZone, dependencies: RaceDependencies, user: RaceUser) {
    this.#found = found;
    this.#left = found.servers;
    this.#dependencies = dependencies;
    this.#user = user;
  }

  /** Runs until a session that was of use is over, or no server is left; what ended it. */
  run(): Promise<EndOfRace> {
    return new Promise((resolve) => {
      this.#finish = resolve;
      this.#tryNext();
    });
  }

  /** The server that is followed; undefined while none has shown who it is. */
  get target(): Feed['target'] | undefined {
    return this.#winner?.feed?.target;
  }

  /** Asks questions that were not asked when the race began. */
  ask(questions: readonly Question[]): void {
    for (const attempt of this.#underWay) attempt.feed?.ask(attempt, questions);
  }

  unask(questions: readonly Question[]): void {
    for (const attempt of this.#underWay) attempt.feed?.unask(attempt, questions);
  }

  /** Leaves the server that is followed. */
  leave(failure: Failure): void {
    if (this.#winner !== undefined) this.lost(this.#winner, failure);
  }

  /** Leaves every server. */
  stop(end: Failure): void {
    this.#stopWaiting();
    for (const attempt of this.#underWay) this.#leave(attempt);
    this.#winner = undefined;
    this.#finish?.({ ...end, isSuspect: this.#isSuspect });
    this.#finish = undefined;
  }

  /** News of a server that is tried. */
  progressed(attempt: ServerAttempt, news: StepNews): void {
    attempt.news.push(news);
    if (attempt === this.#shown) this.#dependencies.witness.progressed(news);
    if (news.kind === 'passed' && news.step === 'identity') this.#won(attempt);
  }

  /** A server will not tell of what matters. */
  declined(attempt: ServerAttempt, failure: Failure, refusal: Refusal | null): void {
    const { pool } = this.#dependencies;
    const { zone } = this.#found;
    if (attempt.feed !== undefined) pool.declined(attempt.feed.target, zone, refusal, failure.reason);
    this.lost(attempt, failure);
  }

  /** A server is no use, or no longer. */
  lost(attempt: ServerAttempt, failure: Failure): void {
    if (!this.#underWay.has(attempt)) return;
    this.#leave(attempt);
    this.#last = failure;
    this.#isSuspect ||= failure.step === 'identity' || failure.isSuspect === true;
    const { target: host, port } = attempt.server;
    const untilMs = this.#dependencies.pool.waitFor({ host, port }, this.#found.zone)?.untilMs;
    if (untilMs !== undefined) this.#readyMs.push(untilMs);
    if (attempt === this.#winner) {
      this.#winner = undefined;
      const wasLive = this.#user.isLive;
      this.#user.uncovered();
      if (wasLive) {
        this.stop(this.#last);
        return;
      }
    }
    this.#tryNext();
  }

  /** Goes on to the next server that may be tried, or to one that is under way, or to the end. */
  #tryNext(): void {
    this.#stopWaiting();
    const [server, ...left] = this.#left;
    if (server === undefined) {
      const [underWay] = this.#underWay;
      if (underWay !== undefined) this.#show(underWay);
      else this.#end();
      return;
    }
    this.#left = left;
    const attempt = new ServerAttempt(server, this, this.#user);
    this.#show(attempt);
    const { host, port } = { host: server.target, port: server.port };
    const wait = this.#dependencies.pool.waitFor({ host, port }, this.#found.zone);
    if (wait !== undefined) {
      const reason = `${wait.reason} Herald comes back when the time is up, or when you try again.`;
      this.#last = { step: wait.step, reason };
      this.#readyMs.push(wait.untilMs);
      this.#tryNext();
      return;
    }
    this.#underWay.add(attempt);
    this.#waitBeside(attempt);
    void this.#try(attempt); // never rejects: a failure is told
  }

  async #try(attempt: ServerAttempt): Promise<void> {
    const { batchDone, pool, reach } = this.#dependencies;
    const { signal } = attempt.abort;
    const progressed = (news: StepNews): void => {
      if (signal.aborted) return;
      this.progressed(attempt, news);
      batchDone();
    };
    const reached = await reach(attempt.server, progressed, signal);
    if (signal.aborted) return;
    if (reached.kind === 'failed') {
      this.lost(attempt, reached);
    } else {
      attempt.trust = reached.trust;
      attempt.feed = pool.feedFor(reached.target);
      attempt.feed.ask(attempt, this.#user.questions);
    }
    batchDone();
  }

  /** A slow server is given company by the next, sooner by an equal one than by one in reserve. */
  #waitBeside({ server }: ServerAttempt): void {
    const [next] = this.#left;
    if (next === undefined) return;
    const { clock } = this.#dependencies;
    const patienceMs = next.priority === server.priority ? BESIDE_EQUAL_MS : BESIDE_RESERVE_MS;
    this.#stopWaiting = clock.at(clock.nowMs() + patienceMs, () => {
      const reason = `It has not shown who it is within ${patienceMs / 1000} s. Herald tries the next server beside it.`;
      this.#last = {
        step: this.#shown?.news.findLast(({ kind }) => kind === 'started')?.step ?? 'address',
        reason,
      };
      this.#tryNext();
      this.#dependencies.batchDone();
    });
  }

  /** Nobody else is needed: who was tried beside it stands in line again, in case this one is no use after all. */
  #won(attempt: ServerAttempt): void {
    this.#stopWaiting();
    this.#winner = attempt;
    const others = [...this.#underWay].filter((other) => other !== attempt);
    for (const other of others) this.#leave(other);
    this.#left = [...others.map(({ server }) => server), ...this.#left];
    this.#show(attempt);
    if (attempt.believed !== undefined) this.#dependencies.witness.believed(attempt.believed);
  }

  #show(attempt: ServerAttempt): void {
    const { witness } = this.#dependencies;
    const before = this.#shown;
    if (before === attempt) return;
    this.#shown = attempt;
    if (before !== undefined) witness.movedOn(this.#last, textOf(before));
    witness.follows(textOf(attempt));
    for (const news of attempt.news) witness.progressed(news);
  }

  #leave(attempt: ServerAttempt): void {
    this.#underWay.delete(attempt);
    attempt.abort.abort();
    attempt.feed?.leave(attempt);
  }

  #end(): void {
    const mustAllWait = this.#readyMs.length === this.#found.servers.length;
    const ready = mustAllWait ? { readyMs: Math.min(...this.#readyMs) } : {};
    this.#finish?.({ ...this.#last, ...ready, isSuspect: this.#isSuspect });
    this.#finish = undefined;
  }
}

function textOf({ server: { target: host, port } }: ServerAttempt): string {
  return serverText({ host, port });
}
