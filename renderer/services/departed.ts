import type { ServiceRow } from '../../main/contract/api.ts';
import type { DepartedRow } from '../../main/contract/departed.ts';
import { clockMinute } from '../as-of.ts';

/** Whether a row of the list is of a service that left. */
export function isDeparted(row: ServiceRow): row is DepartedRow {
  return 'leftMs' in row;
}

/** That a service left, and when, in two words; `by` where nobody told of it as it happened. */
export function leftText({ leftMs, unwatchedSinceMs }: DepartedRow): string {
  return `left ${unwatchedSinceMs === null ? '' : 'by '}${clockMinute(leftMs)}`;
}
