import type { Change } from '../../protocol/push/change.ts';
import type { Refusal } from '../../protocol/push/refusal.ts';
import type { Name } from '../../protocol/wire/name.ts';
import type { Srv } from '../../protocol/wire/rdata.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import type { Feed } from './feed.ts';
import type { FeedEnd, FeedUser } from './feed-user.ts';
import type { StepNews } from './ladder.ts';
import type { Failure } from './server-search.ts';

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

  progressed(news: StepNews): void {
    this.#race.progressed(this, news);
  }

  ended(end: FeedEnd): void {
    this.#race.lost(this, end);
  }
}
