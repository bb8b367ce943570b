import type { Clock } from '../net/clock.ts';
import type { Backoff } from './backoff.ts';
import type { FeedPool } from './feed-pool.ts';
import type { PollGate } from './poll-gate.ts';
import type { SearchDependencies } from './server-search.ts';

/** What a source needs of the world. */
export interface SourceDependencies {
  readonly clock: Clock;
  readonly pool: FeedPool;
  readonly search: Omit<SearchDependencies, 'progressed'>;
  readonly backoff: Backoff;
  /** Lets polls through to the resolver. */
  readonly gate: PollGate;
  /** Something happened: what it put into tables belongs together. */
  readonly batchDone: () => void;
}
