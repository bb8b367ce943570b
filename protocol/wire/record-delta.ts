import type { ResourceRecord } from './record.ts';

/**
 * What happened to one record of a set that is kept by somebody else: what `ZoneCache` returns and `DnssdBrowser` takes.
 * `added`: it came, and is vouched for. `refreshed`: only its TTL was announced anew. `doubted`: it is kept, but nobody
 * vouches for it any longer. `confirmed`: somebody does again; its TTL may be another one.
 */
export interface RecordDelta {
  readonly kind: 'added' | 'removed' | 'refreshed' | 'doubted' | 'confirmed';
  readonly record: ResourceRecord;
}
