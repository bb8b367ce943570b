import type { ServiceRow } from '../../main/contract/api.ts';
import { asOfText } from '../as-of.ts';

/** A service that a person keeps an eye on, and that is not there. */
export interface AbsentRow extends ServiceRow {
  /** When it was last there: milliseconds since the epoch; null when that is not known. */
  readonly lastSeenMs: number | null;
}

/** Whether a row of the list is of a service that is not there, and did not leave lately either. */
export function isAbsent(row: ServiceRow): row is AbsentRow {
  return 'lastSeenMs' in row;
}

/** That a service is not there, in a few words, and when it last was. */
export function absentText({ lastSeenMs }: AbsentRow): string {
  return lastSeenMs === null ? 'not here now' : `not here now, last seen ${asOfText(lastSeenMs)}`;
}
