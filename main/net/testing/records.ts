import type { DnsMessage } from '../../../protocol/wire/message.ts';
import { Name } from '../../../protocol/wire/name.ts';
import type { Question, ResourceRecord } from '../../../protocol/wire/record.ts';
import { RecordClass, RecordType } from '../../../protocol/wire/registry.ts';
import { ByteWriter } from '../../../protocol/wire/writer.ts';
import type { Reply } from '../../../protocol/discovery/procedure.ts';

/** The question that most tests ask. */
export const QUESTION: Question = { name: Name.of('push.test'), type: RecordType.A, class: RecordClass.IN };

/** An address record that answers it. */
export function address(lastOctet: number, ttlSeconds = 60): ResourceRecord {
  return { ...QUESTION, ttlSeconds, rdata: Uint8Array.of(192, 0, 2, lastOctet) };
}

/** The SOA record of the zone `test`. */
export function soa(ttlSeconds: number, minimumSeconds: number): ResourceRecord {
  const writer = new ByteWriter();
  writer.name(Name.root, false);
  writer.name(Name.root, false);
  for (const value of [1, 2, 3, 4, minimumSeconds]) writer.u32(value);
  const name = Name.of('test');
  return { name, type: RecordType.SOA, class: RecordClass.IN, ttlSeconds, rdata: writer.finish() };
}

/** The message of a reply; a failure is an error of the test. */
export function messageOf(reply: Reply): DnsMessage {
  if (reply.kind === 'failed') throw new Error(reply.reason);
  return reply.message;
}

/** The last octets of the addresses in a reply. */
export function octetsOf(reply: Reply): readonly number[] {
  return messageOf(reply).answers.map(({ rdata }) => rdata[3]!);
}
