import type { DomainRow, ServiceRow } from '../../main/contract/api.ts';

/** For how long a service that came by itself carries the word `New`, in milliseconds. */
export const NEW_FOR_MS = 10_000;

/** What a domain lists within this time of going live was there before we looked. */
const FIRST_LOOK_MS = 2_000;

/** Whether the service came while we were watching, rather than being there when we began. */
export function cameWhileWatching(row: ServiceRow, domain: DomainRow | undefined): boolean {
  return domain !== undefined && row.sinceMs - domain.sinceMs > FIRST_LOOK_MS;
}

/** Whether the service changed while we were watching. */
export function changedWhileWatching(row: ServiceRow, domain: DomainRow | undefined): boolean {
  return domain !== undefined && row.changedMs - domain.sinceMs > FIRST_LOOK_MS;
}
