/** What is kept of a domain between two runs. */
import type { ServiceRow } from './api.ts';

/** The services of one domain as they were last known. */
export interface RememberedDomain {
  /** As of when: milliseconds since the epoch. */
  readonly asOfMs: number;
  readonly services: readonly ServiceRow[];
}
