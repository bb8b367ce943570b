import { newsText } from './news-text.ts';
import type { ServiceNews } from './service-news.ts';

/** So many are kept, whatever happens. */
export const MAX_RECENT = 5;

/** Something that happened to a service, in words for people. */
export interface RecentChange {
  /** The id of the service's row, and that of its domain's. */
  readonly id: string;
  readonly domain: string;
  readonly instance: string;
  /** Such as `left`, `changed its port`. */
  readonly text: string;
  /** When it was noticed: milliseconds since the epoch. */
  readonly atMs: number;
  /** Whether it may have happened long before that, while nobody told. */
  readonly isMissed: boolean;
}

/** The last few things that happened in all domains, for where there is no room for more. */
export class RecentChanges {
  #changes: readonly RecentChange[] = [];

  /** The latest first. */
  get all(): readonly RecentChange[] {
    return this.#changes;
  }

  /** Some things happened, in this order. */
  take(news: readonly ServiceNews[]): void {
    const latest = news.slice(-MAX_RECENT).map(recentChange).toReversed();
    this.#changes = [...latest, ...this.#changes].slice(0, MAX_RECENT);
  }

  /** A domain is not watched any longer. */
  forget(domain: string): void {
    this.#changes = this.#changes.filter((change) => change.domain !== domain);
  }
}

function recentChange({ event, row, changed, atMs, sinceMs }: ServiceNews): RecentChange {
  const { id, domain, instance } = row;
  return { id, domain, instance, text: newsText({ event, changed }), atMs, isMissed: sinceMs !== null };
}
