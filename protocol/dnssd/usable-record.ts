import type { ResourceRecord } from '../wire/record.ts';
import { RecordClass, RecordType } from '../wire/registry.ts';

/**
 * Whether a record is of class IN and of a type that services are made of, and long enough for it. PUSH vouches for the
 * last, other answers do not.
 */
export function isUsable({ type, class: recordClass, rdata }: ResourceRecord): boolean {
  if (recordClass !== RecordClass.IN) return false;
  switch (type) {
    case RecordType.PTR:
    case RecordType.CNAME:
      return rdata.length > 0;
    case RecordType.SRV:
      return rdata.length > 6;
    case RecordType.A:
      return rdata.length === 4;
    case RecordType.AAAA:
      return rdata.length === 16;
    default:
      return type === RecordType.TXT;
  }
}
