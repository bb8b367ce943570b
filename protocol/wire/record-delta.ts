import type { ResourceRecord } from './record.ts';

/**
 * What happened to one record of a set that is kept by somebody else: what `ZoneCache` returns and `DnssdBrowser` takes.
 * `refreshed` means that only its TTL was announced anew.
 */
export interface RecordDelta {
  readonly kind: 'added' | 'removed' | 'refreshed';
  readonly record: ResourceRecord;
}
