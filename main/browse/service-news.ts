import type { ServiceRow } from '../contract/api.ts';

/** Something that happened to a service of a domain that is known already. */
export interface ServiceNews {
  readonly event: 'appeared' | 'changed' | 'left';
  /** As it is, or as it last was. */
  readonly row: ServiceRow;
  /** What changed, in words for people; empty unless it is a change. */
  readonly changed: readonly string[];
  /** When it was noticed: milliseconds since the epoch. */
  readonly atMs: number;
  /** It happened at some time since then, while nobody told: milliseconds since the epoch. Null when it was told as it happened. */
  readonly sinceMs: number | null;
}

/** A time in which nobody told of a domain, in milliseconds since the epoch. */
export interface Away {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Who is told what happens to the services of one domain. */
export interface NewsWitness {
  /** Some things happened, or, if `away` is there, are what has changed since somebody last told. */
  told(news: readonly ServiceNews[], away: Away | null): void;
  /** A service is no longer shown: it left just now, or at some time since then, in milliseconds since the epoch. */
  left(row: ServiceRow, sinceMs: number | null): void;
  /** A service with this row is shown that was not. */
  came(serviceId: string): void;
}
