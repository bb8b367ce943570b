import type { ReadTrust } from '../net/domain-trust.ts';
import type { Clock } from '../net/clock.ts';
import type { Change } from '../../protocol/push/change.ts';
import { changeName } from '../../protocol/push/change.ts';
import type { Refusal } from '../../protocol/push/refusal.ts';
import type { Name } from '../../protocol/wire/name.ts';
import { rcodeName } from '../../protocol/wire/registry.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import type { FeedPool } from './feed-pool.ts';
import type { PushServerTarget } from './push-server-target.ts';
import { QuestionSet } from './question-set.ts';
import type { RaceUser } from './server-attempt.ts';
import type { EndOfRace, RaceDependencies } from './server-race.ts';
import { ServerRace } from './server-race.ts';
import type { Failure, SearchSubject, ServersOfZone } from './server-search.ts';
import type { SourceListener } from './source-owner.ts';

/** Where a source begins, and whom it trusts. */
export interface SourceSubject extends SearchSubject {
  /** What it is for, as people say it. */
  readonly text: string;
  /** Reads whom to trust and what to show, anew for each attempt: files may have been mended. */
  readonly trust: () => ReadTrust;
  /** Whether a server that declines this question is no use at all. Left out, it is if it has accepted none. */
  readonly isVital?: (question: Question) => boolean;
  /** Whether it is followed because nobody else can follow it, the resolver least of all: its own servers are asked. */
  readonly isGuest?: boolean;
}

/** What a follower needs of the world. */
export interface FollowerDependencies {
  readonly clock: Clock;
  readonly pool: FeedPool;
}

/** Who is told what servers tell, and of what use they are. */
export interface FollowerListener extends Omit<SourceListener, 'answered'> {
  /** A session has begun to be of use. */
  live(): void;
}

/** What ended it, and for how long the last session was of use, in milliseconds: 0 when it never was. */
export interface EndOfFollowing extends EndOfRace {
  readonly lastedMs: number;
}

/** The push half of a source: has the servers of its zone tell of what is asked, one after the other, and knows what they cover. */
export class ZoneFollower implements RaceUser {
  readonly #subject: SourceSubject;
  readonly #dependencies: FollowerDependencies;
  readonly #listener: FollowerListener;
  readonly #asked: QuestionSet;
  /** What of it the session covers. */
  readonly #covered = new QuestionSet();
  #zone: Name;
  #race: ServerRace | undefined;
  #liveSinceMs: number | undefined;
  #lastedMs = 0;
  #lostMs = -Infinity;
  #lastTarget: PushServerTarget | undefined;

  /** `asked` is what is asked now; whoever changes it says so by `ask` and `unask`. */
  constructor(
    subject: SourceSubject,
    dependencies: FollowerDependencies,
    asked: QuestionSet,
    listener: FollowerListener,
  ) {
    this.#subject = subject;
    this.#dependencies = dependencies;
    this.#asked = asked;
    this.#listener = listener;
    this.#zone = subject.name;
  }

  /** Follows servers until one that was of use is lost, or none is left; what ended it. */
  async follow(
    servers: ServersOfZone,
    dependencies: Omit<RaceDependencies, 'clock' | 'pool'>,
  ): Promise<EndOfFollowing> {
    const { clock, pool } = this.#dependencies;
    this.#zone = servers.zone;
    this.#lastedMs = 0;
    const race = new ServerRace(servers, { ...dependencies, clock, pool }, this);
    this.#race = race;
    const end = await race.run();
    if (this.#race === race) this.#race = undefined;
    return { ...end, lastedMs: this.#lastedMs };
  }

  /** Leaves every server; `follow` comes to this end. */
  stop(end: Failure): void {
    this.#race?.stop(end);
    this.#race = undefined;
    this.uncovered();
  }

  /** Leaves the server that is followed if the zone no longer names it. */
  keepTo({ servers }: ServersOfZone): void {
    const target = this.#race?.target;
    if (target === undefined) return;
    const { host, port } = target;
    if (servers.some((server) => server.port === port && server.target.equals(host))) return;
    const reason = `${this.#subject.text} has other push servers now: Herald goes over to them.`;
    this.#race?.leave({ step: 'srv', reason });
  }

  ask(questions: readonly Question[]): void {
    this.#race?.ask(questions);
  }

  unask(questions: readonly Question[]): void {
    for (const question of questions) this.#covered.delete(question);
    this.#race?.unask(questions);
  }

  /** A question that the server declined does lie in the zone: it is asked for nothing else in there for a while (RFC 8765 §6.2.2). */
  lacks(refusal: Refusal): void {
    const target = this.#race?.target;
    if (target !== undefined) this.#dependencies.pool.lacks(target, this.#zone, refusal);
  }

  get zone(): Name {
    return this.#zone;
  }

  get questions(): readonly Question[] {
    return this.#asked.all;
  }

  /** Whether it is the resolver that is followed, which tells of names in any zone. */
  get isAtResolver(): boolean {
    return this.#race?.target?.role === 'resolver';
  }

  /** Whether a session is of use. */
  get isLive(): boolean {
    return this.#liveSinceMs !== undefined;
  }

  /** When a session that had been of use was last lost; -Infinity when none ever was. */
  get lostMs(): number {
    return this.#lostMs;
  }

  /** The server whose session was last of use. */
  get lastTarget(): PushServerTarget | undefined {
    return this.#lastTarget;
  }

  accepted(question: Question): void {
    this.#covered.add(question);
    if (this.#isVital(question) && !this.isLive) {
      this.#liveSinceMs = this.#dependencies.clock.nowMs();
      this.#lastTarget = this.#race?.target;
      this.#listener.live();
    }
    this.#listener.accepted(question);
  }

  refused(question: Question, refusal: Refusal | null): Failure | undefined {
    if (!this.#isVital(question)) {
      this.#covered.delete(question);
      this.#listener.refused(question, refusal);
      return undefined;
    }
    const rcode = refusal === null ? 'too many subscriptions' : rcodeName(refusal.rcode);
    if (this.isAtResolver) {
      const reason = `The resolver declined the subscription for ${this.#subject.text} (${rcode}): it does not push this name.`;
      return { step: 'subscribe', reason };
    }
    const reason = `The server of ${this.#subject.text} declined the subscription (${rcode}): it does not offer push for this name. Ask who runs it.`;
    return { step: 'subscribe', reason };
  }

  changed(changes: readonly Change[]): void {
    const own = changes.filter((change) => this.#asked.hasName(changeName(change)));
    if (own.length > 0) this.#listener.changed(own);
  }

  known(question: Question): readonly ResourceRecord[] {
    return this.#listener.known(question);
  }

  uncovered(): void {
    if (this.#liveSinceMs !== undefined) {
      this.#lostMs = this.#dependencies.clock.nowMs();
      this.#lastedMs = Math.max(1, this.#lostMs - this.#liveSinceMs);
      this.#liveSinceMs = undefined;
    }
    const covered = this.#covered.all;
    for (const question of covered) this.#covered.delete(question);
    this.#listener.uncovered(covered);
  }

  #isVital(question: Question): boolean {
    return this.#subject.isVital?.(question) ?? !this.isLive;
  }
}
