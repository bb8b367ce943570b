import type { Clock } from '../net/clock.ts';
import { Departures } from './departures.ts';
import { Digests } from './digests.ts';
import type { Publisher } from './publisher.ts';
import type { Away, NewsWitness, ServiceNews } from './service-news.ts';

/** Told of everything that happens to the services of a domain. */
export type ToldNews = (news: readonly ServiceNews[], domain: ChronicleSubject) => void;

/** Whose services something happens to. */
export interface ChronicleSubject {
  /** The id of the domain's row, and its name as shown. */
  readonly id: string;
  readonly text: string;
  /** Whether it is there for this run only, so that nothing is kept of it. */
  readonly isPassing: boolean;
}

/** What becomes of news: services that left stay in view for a while, and what happened while nobody told is told once. */
export class Chronicle {
  readonly #clock: Clock;
  readonly #departures: Departures;
  readonly #digests: Digests;
  readonly #told: ToldNews;
  /** Since when nobody looks, in milliseconds since the epoch; undefined while somebody does. */
  #unseenMs: number | undefined;

  constructor(clock: Clock, publisher: Publisher, told: ToldNews) {
    this.#clock = clock;
    this.#departures = new Departures(clock, publisher);
    this.#digests = new Digests(publisher);
    this.#told = told;
  }

  /** Who is to be told of a domain's services. */
  witnessOf(domain: ChronicleSubject): NewsWitness {
    return {
      told: (news, away) => this.#take(domain, news, away),
      left: (row, sinceMs) => this.#departures.add(row, sinceMs),
      came: (serviceId) => this.#departures.remove(serviceId),
    };
  }

  /** Whether somebody looks at what is told: what is told to nobody is told again, as a whole. */
  look(isSeen: boolean): void {
    this.#unseenMs = isSeen ? undefined : (this.#unseenMs ?? this.#clock.wallMs());
  }

  /** Nobody wants to see any longer what left: all of it, or one service. */
  clearDeparted(serviceId?: string): void {
    if (serviceId === undefined) this.#departures.clear();
    else this.#departures.remove(serviceId);
  }

  /** Somebody has taken note of what happened in a domain. */
  dismissDigest(domain: string): void {
    this.#digests.dismiss(domain);
  }

  /** A domain is not watched any longer. */
  forget(domain: string): void {
    this.#departures.clear(domain);
    this.#digests.dismiss(domain);
  }

  get #unseen(): Away | undefined {
    return this.#unseenMs === undefined
      ? undefined
      : { fromMs: this.#unseenMs, untilMs: this.#clock.wallMs() };
  }

  #take(domain: ChronicleSubject, news: readonly ServiceNews[], away: Away | null): void {
    const missed = away ?? this.#unseen;
    if (missed !== undefined) this.#digests.add(domain.id, news, missed);
    if (news.length > 0) this.#told(news, domain);
  }
}
