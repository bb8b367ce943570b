import { formatName } from '../../protocol/wire/master-words.ts';
import { formatRdata } from '../../protocol/wire/rdata-format.ts';
import type { ResourceRecord } from '../../protocol/wire/record.ts';
import { className, typeName } from '../../protocol/wire/registry.ts';

/**
 * A record as one line of a master file, which `readRecords` reads back (RFC 1035 §5.1):
 * `Dr\.\032Pepper._ipp._tcp.office.test. 120 IN SRV 0 0 631 hp-m776.office.test.`
 */
export function recordText(record: ResourceRecord): string {
  const { name, ttlSeconds, type, rdata } = record;
  return `${formatName(name)} ${ttlSeconds} ${className(record.class)} ${typeName(type)} ${formatRdata(type, rdata)}`;
}
