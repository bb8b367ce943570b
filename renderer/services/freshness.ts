import type { DomainRow, ServiceRow } from '../../main/contract/api.ts';
import { isDeparted } from './departed.ts';

/** For how long a service that came by itself carries the word `New`, in milliseconds. */
export const NEW_FOR_MS = 10_000;

/** Whether the service came while we were watching, rather than being there, or having come meanwhile, when we looked, and is there. */
export function cameWhileWatching(row: ServiceRow, domain: DomainRow | undefined): boolean {
  return !isDeparted(row) && isSinceSettled(row.sinceMs, domain);
}

/** Whether the service changed while we were watching, and is there. */
export function changedWhileWatching(row: ServiceRow, domain: DomainRow | undefined): boolean {
  return !isDeparted(row) && isSinceSettled(row.changedMs, domain);
}

/** Whether the service left while we were watching: as long as anything is in doubt, it may have left long before. */
export function leftWhileWatching(row: ServiceRow, domain: DomainRow | undefined): boolean {
  return row.standing === 'live' && domain !== undefined && domain.settledMs !== null;
}

function isSinceSettled(atMs: number, domain: DomainRow | undefined): boolean {
  return domain !== undefined && domain.settledMs !== null && atMs > domain.settledMs;
}
