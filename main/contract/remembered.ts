/** What is kept of a domain between two runs. */
import type { ServiceRow } from './api.ts';

/** The services of one domain as they were last known. */
export interface RememberedDomain {
  /** As of when: milliseconds since the epoch. */
  readonly asOfMs: number;
  readonly services: readonly ServiceRow[];
}

/** The same as it is read again: the first services at once, the others when somebody goes on, so that neither has to wait for all. */
export interface RecalledDomain {
  readonly asOfMs: number;
  readonly pieces: IterableIterator<readonly ServiceRow[], void>;
}
