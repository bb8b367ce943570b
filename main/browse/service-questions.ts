import type { Service } from '../../protocol/dnssd/service.ts';
import type { Question } from '../../protocol/wire/record.ts';
import { RecordClass, RecordType } from '../../protocol/wire/registry.ts';

/** What is asked of a service that is looked at, as far as its records have led. */
export function questionsOf({ name, host }: Service): readonly Question[] {
  const own = [RecordType.SRV, RecordType.TXT].map((type) => ({ name, type, class: RecordClass.IN }));
  if (host === undefined) return own;
  const hosted = [RecordType.A, RecordType.AAAA].map((type) => ({ name: host, type, class: RecordClass.IN }));
  return [...own, ...hosted];
}
