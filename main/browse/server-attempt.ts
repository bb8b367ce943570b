import type { Change } from '../../protocol/push/change.ts';
import type { Refusal } from '../../protocol/push/refusal.ts';
import type { Name } from '../../protocol/wire/name.ts';
import type { Srv } from '../../protocol/wire/rdata.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import type { Evidence } from '../contract/ladder.ts';
import type { ShownIdentity } from '../net/identity-check.ts';
import type { SecurePeer } from '../net/tls-opening.ts';
import type { Feed } from './feed.ts';
import type { FeedEnd, FeedNews, FeedUser } from './feed-user.ts';
import type { StepNews } from './ladder.ts';
import { nameText } from './rows.ts';
import type { Failure } from './server-search.ts';
import type { BelievedServer, ServerTrust } from './server-trust.ts';
import { nameProblem, trustIn } from './server-trust.ts';

/** Whom a race is run for. */
export interface RaceUser {
  readonly zone: Name;
  /** What is asked now. */
  readonly questions: readonly Question[];
  /** Whether the session has been of use. */
  readonly isLive: boolean;
  accepted(question: Question): void;
  /** Why the server is no use, if that is what its refusal means. */
  refused(question: Question, refusal: Refusal | null): Failure | undefined;
  changed(changes: readonly Change[]): void;
  known(question: Question): readonly ResourceRecord[];
  /** The session is over. */
  uncovered(): void;
}

/** Who is told how a server fares that is tried. */
export interface AttemptOwner {
  progressed(attempt: ServerAttempt, news: StepNews): void;
  /** The server will not tell of what matters. */
  declined(attempt: ServerAttempt, failure: Failure, refusal: Refusal | null): void;
  /** The server is no use, or no longer. */
  lost(attempt: ServerAttempt, failure: Failure): void;
}

/** One server being tried: a user of its feed that passes on what it is told. */
export class ServerAttempt implements FeedUser {
  readonly server: Srv;
  readonly #race: AttemptOwner;
  readonly #user: RaceUser;
  /** What is told of it, for when it comes to be shown. */
  readonly news: StepNews[] = [];
  readonly abort = new AbortController();
  feed: Feed | undefined;
  /** What it has to show beside the policy of its session; known when it is connected to. */
  trust: ServerTrust | undefined;
  /** That it has shown it. */
  believed: BelievedServer | undefined;

  constructor(server: Srv, race: AttemptOwner, user: RaceUser) {
    this.server = server;
    this.#race = race;
    this.#user = user;
  }

  get zone(): Name {
    return this.#user.zone;
  }

  accepted(question: Question): void {
    this.#user.accepted(question);
  }

  refused(question: Question, refusal: Refusal | null): void {
    const failure = this.#user.refused(question, refusal);
    if (failure !== undefined) this.#race.declined(this, failure, refusal);
  }

  changed(changes: readonly Change[]): void {
    this.#user.changed(changes);
  }

  known(question: Question): readonly ResourceRecord[] {
    return this.#user.known(question);
  }

  progressed(news: FeedNews): void {
    if (news.kind === 'secured') this.#judge(news.peer, news.evidence);
    else this.#race.progressed(this, news);
  }

  ended({ step, reason, shown }: FeedEnd): void {
    if (shown === undefined) this.#race.lost(this, { step, reason });
    else this.#refuse(shown, reason);
  }

  /** The server has shown who it is, to all that share the session: is it good enough for this one? */
  #judge(peer: SecurePeer, evidence: Evidence): void {
    const { feed, trust } = this;
    if (feed === undefined || trust === undefined) return;
    const { policy } = feed.target;
    const view = trustIn(trust, policy, peer.identity);
    if (view === undefined) {
      this.#refuse(peer.identity, undefined);
      return;
    }
    this.believed = { trust: view, peer, policy };
    this.#race.progressed(this, {
      kind: 'passed',
      step: 'identity',
      text: view.sentence,
      evidence: [evidence],
    });
  }

  /** Leaves the server for what it showed; the names that are good enough for this domain are its own matter. */
  #refuse(identity: ShownIdentity, given: string | undefined): void {
    const { feed, trust } = this;
    if (feed === undefined || trust === undefined) return;
    const host = nameText(feed.target.host);
    const isForStrictness = trust.isStrict && identity.isNamed(host) && feed.target.policy.dane === undefined;
    const reason = given === undefined || isForStrictness ? nameProblem(trust, identity, host) : given;
    const refused = { identity, policy: feed.target.policy };
    this.#race.lost(this, { step: 'identity', reason, refused });
  }
}
