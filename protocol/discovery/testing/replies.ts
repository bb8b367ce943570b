import type { DnsMessage } from '../../wire/message.ts';
import { emptyMessage } from '../../wire/message.ts';
import { Name } from '../../wire/name.ts';
import type { Question, ResourceRecord } from '../../wire/record.ts';
import { Rcode, RecordClass, RecordType, typeName } from '../../wire/registry.ts';
import { ByteWriter } from '../../wire/writer.ts';
import type { Procedure, Reply } from '../procedure.ts';
import type { Security } from '../security.ts';

/** An answer with some of its parts given; the rest is empty, the RCODE NOERROR. */
export function answer(parts: Partial<DnsMessage> = {}): Reply {
  return { kind: 'answer', message: message(parts) };
}

/** An answer of which this is known by DNSSEC. */
export function signed(security: Security, parts: Partial<DnsMessage>): Reply {
  return { kind: 'answer', message: message(parts), security };
}

/** A response with some of its parts given. */
export function message(parts: Partial<DnsMessage> = {}): DnsMessage {
  return { ...emptyMessage(0), isResponse: true, ...parts };
}

/** NXDOMAIN from a zone. */
export function nxdomain(zone: string): Reply {
  return answer({ rcode: Rcode.NXDOMAIN, authorities: [soa(zone)] });
}

/** NOERROR without an answer, from a zone. */
export function nodata(zone: string): Reply {
  return answer({ authorities: [soa(zone)] });
}

export function record(owner: string, type: number, rdata: Uint8Array, ttlSeconds = 120): ResourceRecord {
  return { name: Name.of(owner), type, class: RecordClass.IN, ttlSeconds, rdata };
}

export function soa(zone: string, ttlSeconds = 3600, minimumSeconds = 60): ResourceRecord {
  const rdata = written((writer) => {
    writer.name(Name.of('ns.invalid'), false);
    writer.name(Name.of('hostmaster.invalid'), false);
    for (const value of [1, 7200, 900, 86_400, minimumSeconds]) writer.u32(value);
  });
  return record(zone, RecordType.SOA, rdata, ttlSeconds);
}

export function srv(
  owner: string,
  fields: readonly [number, number, number],
  target: string,
  ttlSeconds = 120,
) {
  const rdata = written((writer) => {
    for (const field of fields) writer.u16(field);
    writer.name(Name.of(target), false);
  });
  return record(owner, RecordType.SRV, rdata, ttlSeconds);
}

export function cname(owner: string, target: string, ttlSeconds = 120): ResourceRecord {
  return record(owner, RecordType.CNAME, Name.of(target).wire, ttlSeconds);
}

export function a(owner: string, lastOctet: number, ttlSeconds = 120): ResourceRecord {
  return record(owner, RecordType.A, Uint8Array.of(192, 0, 2, lastOctet), ttlSeconds);
}

export function aaaa(owner: string, lastOctet: number, ttlSeconds = 120): ResourceRecord {
  const rdata = new Uint8Array(16);
  rdata.set([0x20, 0x01, 0x0d, 0xb8]);
  rdata[15] = lastOctet;
  return record(owner, RecordType.AAAA, rdata, ttlSeconds);
}

/** Drives a procedure with a function that knows the replies, and notes every round of questions: `SRV a.test.` */
export function drive<Result>(
  procedure: Procedure<Result>,
  reply: (asked: string, question: Question) => Reply,
) {
  const rounds: (readonly string[])[] = [];
  let step = procedure.next();
  while (step.done !== true) {
    if (rounds.length === 100) throw new Error('the procedure does not end');
    const asked = step.value.map((question) => ({
      question,
      text: `${typeName(question.type)} ${question.name.toString()}`,
    }));
    rounds.push(asked.map(({ text }) => text));
    step = procedure.next(asked.map(({ text, question }) => reply(text, question)));
  }
  return { result: step.value, rounds };
}

/** Replies by question; whatever is not in the table is NODATA without a SOA record. */
export function table(replies: Readonly<Record<string, Reply>>): (asked: string) => Reply {
  return (asked) => replies[asked] ?? answer();
}

function written(write: (writer: ByteWriter) => void): Uint8Array {
  const writer = new ByteWriter();
  write(writer);
  return writer.finish();
}
