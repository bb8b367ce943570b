import fc from 'fast-check';
import type { OutgoingTlv } from '../dso/tlv.ts';
import { writeDsoMessage } from '../dso/message.ts';
import { keepaliveTlv, paddingTlv, retryDelayTlv } from '../dso/base-tlvs.ts';
import type { Change } from '../push/change.ts';
import { pushTlv, reconfirmTlv, subscribeTlv, unsubscribeTlv } from '../push/tlvs.ts';
import type { DnsMessage } from '../wire/message.ts';
import { emptyMessage } from '../wire/message.ts';
import { MAX_LABEL_OCTETS, Name } from '../wire/name.ts';
import type { Question, ResourceRecord } from '../wire/record.ts';
import { RecordType } from '../wire/registry.ts';
import { octetsOf } from '../wire/text.ts';
import { ByteWriter } from '../wire/writer.ts';

/** Labels of few letters in both cases, so that names share suffixes, and of any octets. */
const label: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc
    .constantFrom('a', 'A', 'example', 'com', '_ipp', '_tcp', 'Dr. Pepper', 'é', '"x" (y);\\z#$|+&')
    .map(octetsOf),
  fc.uint8Array({ minLength: 1, maxLength: 12 }),
  fc.uint8Array({ minLength: MAX_LABEL_OCTETS, maxLength: MAX_LABEL_OCTETS }),
);

/** Names of up to three labels of any octets; the root is one. */
export const arbitraryName: fc.Arbitrary<Name> = fc
  .array(label, { maxLength: 3 })
  .map((labels) => Name.ofLabels(labels));

const u8 = fc.integer({ min: 0, max: 0xff });
const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffffffff });

/** How many octets each numeric field of an RDATA has. */
const LAYOUTS: ReadonlyMap<number, readonly number[]> = new Map([
  [RecordType.A, [4]],
  [RecordType.AAAA, [4, 4, 4, 4]],
  [RecordType.PTR, []],
  [RecordType.CNAME, []],
  [RecordType.NS, []],
  [RecordType.DNAME, []],
  [RecordType.MX, [2]],
  [RecordType.SRV, [2, 2, 2]],
  [RecordType.SOA, [0, 0, 4, 4, 4, 4, 4]],
  [RecordType.RP, []],
  [RecordType.NSEC, []],
]);

/** RDATA and the type that it is of: names written out. */
const rdata: fc.Arbitrary<{ readonly type: number; readonly rdata: Uint8Array }> = fc.oneof(
  fields(RecordType.A, [u32]),
  fields(RecordType.AAAA, [u32, u32, u32, u32]),
  fields(RecordType.PTR, [arbitraryName]),
  fields(RecordType.CNAME, [arbitraryName]),
  fields(RecordType.NS, [arbitraryName]),
  fields(RecordType.DNAME, [arbitraryName]),
  fields(RecordType.MX, [u16, arbitraryName]),
  fields(RecordType.SRV, [u16, u16, u16, arbitraryName]),
  fields(RecordType.SOA, [arbitraryName, arbitraryName, u32, u32, u32, u32, u32]),
  fields(RecordType.RP, [arbitraryName, arbitraryName]),
  fields(RecordType.NSEC, [arbitraryName, fc.uint8Array({ maxLength: 6 })]),
  fc.uint8Array({ maxLength: 20 }).map((octets) => ({ type: RecordType.TXT, rdata: octets })),
  texts().map((octets) => ({ type: RecordType.TXT, rdata: octets })),
  fc.tuple(u8, fc.uint8Array({ maxLength: 8 })).map(([usage, octets]) => ({
    type: RecordType.TLSA,
    rdata: Uint8Array.of(usage, 1, 1, ...octets),
  })),
  fc.uint8Array({ maxLength: 20 }).map((octets) => ({ type: 65_280, rdata: octets })),
);

const recordClass = fc.constantFrom(1, 1, 1, 3, 4096);

/** Records as they come out of a message. */
export const arbitraryRecord: fc.Arbitrary<ResourceRecord> = fc
  .tuple(arbitraryName, recordClass, fc.integer({ min: 0, max: 0x7fffffff }), rdata)
  .map(([name, klass, ttlSeconds, typed]) => ({ name, class: klass, ttlSeconds, ...typed }));

export const arbitraryQuestion: fc.Arbitrary<Question> = fc
  .tuple(arbitraryName, u16, fc.oneof(recordClass, fc.constant(255)))
  .map(([name, type, klass]) => ({ name, type, class: klass }));

/** Change notifications that a server may send. */
export const arbitraryChange: fc.Arbitrary<Change> = fc.oneof(
  arbitraryRecord.map((record): Change => ({ kind: 'add', record })),
  arbitraryRecord.map((record): Change => ({
    kind: 'remove',
    record: { ...record, ttlSeconds: 0xffffffff },
  })),
  arbitraryRecord.map((record): Change => ({ kind: 'remove-rrset', ...pick(record) })),
  arbitraryRecord.map(({ name, class: klass }): Change => ({ kind: 'remove-class', name, class: klass })),
  arbitraryName.map((name): Change => ({ kind: 'remove-name', name })),
);

const tlv: fc.Arbitrary<OutgoingTlv> = fc.oneof(
  fc.tuple(u32, u32).map(([inactivityMs, keepaliveMs]) => keepaliveTlv({ inactivityMs, keepaliveMs })),
  u32.map(retryDelayTlv),
  fc.integer({ min: 0, max: 40 }).map(paddingTlv),
  arbitraryQuestion.map(subscribeTlv),
  u16.map(unsubscribeTlv),
  fc.array(arbitraryChange, { maxLength: 4 }).map(pushTlv),
  arbitraryRecord.map(reconfirmTlv),
  fc.tuple(u16, fc.uint8Array({ maxLength: 10 })).map(([type, octets]) => ({
    type,
    write: (writer: ByteWriter) => writer.octets(octets),
  })),
);

/** DSO messages whose every part parses, whether an end may send them or not. */
export const arbitraryDsoMessage: fc.Arbitrary<Uint8Array> = fc
  .tuple(u16, fc.boolean(), fc.integer({ min: 0, max: 15 }), fc.array(tlv, { maxLength: 3 }))
  .map(([id, isResponse, rcode, tlvs]) => writeDsoMessage({ id, isResponse, rcode }, tlvs));

/** Ordinary messages. */
export const arbitraryDnsMessage: fc.Arbitrary<DnsMessage> = fc
  .record({
    id: u16,
    opcode: fc.constantFrom(0, 1, 4, 5, 15),
    rcode: fc.integer({ min: 0, max: 15 }),
    isResponse: fc.boolean(),
    isAuthoritative: fc.boolean(),
    isTruncated: fc.boolean(),
    recursionDesired: fc.boolean(),
    recursionAvailable: fc.boolean(),
    isAuthenticData: fc.boolean(),
    checkingDisabled: fc.boolean(),
    questions: fc.array(arbitraryQuestion, { maxLength: 2 }),
    answers: fc.array(arbitraryRecord, { maxLength: 3 }),
    authorities: fc.array(arbitraryRecord, { maxLength: 2 }),
    additionals: fc.array(arbitraryRecord, { maxLength: 2 }),
  })
  .map((parts) => ({ ...emptyMessage(0), ...parts }));

/** A message with a few octets changed, lost or added. */
export function mutated(message: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  const edit = fc.record({
    at: fc.nat(),
    lost: fc.integer({ min: 0, max: 2 }),
    added: fc.uint8Array({ maxLength: 2 }),
  });
  return fc.tuple(message, fc.array(edit, { maxLength: 3 })).map(([bytes, edits]) =>
    edits.reduce((octets, { at, lost, added }) => {
      const place = at % (octets.length + 1);
      return Uint8Array.of(...octets.subarray(0, place), ...added, ...octets.subarray(place + lost));
    }, bytes),
  );
}

function fields(type: number, parts: readonly fc.Arbitrary<number | Name | Uint8Array>[]) {
  const sizes = LAYOUTS.get(type)!;
  return fc.tuple(...parts).map((values) => {
    const writer = new ByteWriter(16);
    for (const [at, value] of values.entries()) {
      if (value instanceof Name) writer.name(value, false);
      else if (typeof value !== 'number') writer.octets(value);
      else if (sizes[at] === 2) writer.u16(value);
      else writer.u32(value);
    }
    return { type, rdata: writer.finish() };
  });
}

function texts(): fc.Arbitrary<Uint8Array> {
  return fc
    .array(fc.string({ unit: 'grapheme', maxLength: 8 }).map(octetsOf), { minLength: 1, maxLength: 3 })
    .map((strings) => Uint8Array.from(strings.flatMap((octets) => [octets.length, ...octets])));
}

function pick({ name, type, class: klass }: Question): Question {
  return { name, type, class: klass };
}
