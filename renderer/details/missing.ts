import type { ServiceRow } from '../../main/contract/api.ts';

/** One record that a service still lacks, and what that means. */
export interface Missing {
  readonly record: 'SRV' | 'A or AAAA' | 'TXT';
  readonly meaning: string;
}

/** Which records have not arrived for a service that is listed and looked at, in the order in which they are needed. */
export function missingRecords(row: ServiceRow): readonly Missing[] {
  if (row.details !== 'watched') return [];
  const missing: Missing[] = [];
  if (row.host === null) {
    missing.push({ record: 'SRV', meaning: 'so its host and port aren’t known' });
  } else if (row.addresses === null || row.addresses.length === 0) {
    missing.push({ record: 'A or AAAA', meaning: 'so the address of its host isn’t known' });
  }
  if (row.txt === null) missing.push({ record: 'TXT', meaning: 'so its properties aren’t known' });
  return missing;
}

/** Whether a client could connect by what has arrived: a host, a port and an address. */
export function isReachable(row: ServiceRow): boolean {
  return row.host !== null && row.port !== null && row.addresses !== null && row.addresses.length > 0;
}
