import { Name } from '../protocol/wire/name.ts';
import type { ResourceRecord } from '../protocol/wire/record.ts';
import { RecordClass, RecordType } from '../protocol/wire/registry.ts';
import { ByteWriter } from '../protocol/wire/writer.ts';

const TTL_SECONDS = 120;
const IPP_PORT = 631;
/** What a string of a TXT record takes here: `ty=Some Printer, Model 1234` is about that long. */
const TXT_STRING_OCTETS = 32;
/** No string is shorter than this, so that the last may be a little longer than the others. */
const SHORTEST_TXT_STRING_OCTETS = 8;

/** The records of one service as benches need them: all of it follows from the number. */
export interface ServiceRecords {
  readonly ptr: ResourceRecord;
  readonly srv: ResourceRecord;
  readonly txt: ResourceRecord;
  readonly a: ResourceRecord;
}

/** What may be chosen about a service's records. */
export interface ServiceChoice {
  readonly port?: number;
  /** Octets of the TXT record's RDATA; 60 unless given, which is what small devices publish. */
  readonly txtOctets?: number;
  /** The value of the TXT record's first key, `note`. */
  readonly note?: string;
  readonly address?: readonly [number, number, number, number];
}

/** A record of class IN with the benches' TTL. */
export function record(name: Name, type: number, rdata: Uint8Array): ResourceRecord {
  return { name, type, class: RecordClass.IN, ttlSeconds: TTL_SECONDS, rdata };
}

/** Service `number` of a type in a domain: an instance `Printer 00042` on a host of its own, `printer-00042`. */
export function serviceRecords(
  number: number,
  type: Name,
  domain: Name,
  choice: ServiceChoice = {},
): ServiceRecords {
  const { port = IPP_PORT, txtOctets = 60, note = 'Room 1', address } = choice;
  const digits = String(number).padStart(5, '0');
  const instance = Name.ofLabels([`Printer ${digits}`, ...type.labels, ...domain.labels]);
  const host = domain.prepend(`printer-${digits}`);
  const octets = address ?? [10, (number >>> 16) & 0xff, (number >>> 8) & 0xff, number & 0xff];
  return {
    ptr: record(Name.ofLabels([...type.labels, ...domain.labels]), RecordType.PTR, instance.wire),
    srv: record(instance, RecordType.SRV, srvRdata(port, host)),
    txt: record(instance, RecordType.TXT, txtRdata(note, txtOctets)),
    a: record(host, RecordType.A, Uint8Array.from(octets)),
  };
}

/** `priority u16 | weight u16 | port u16 | target` (RFC 2782). */
export function srvRdata(port: number, target: Name): Uint8Array {
  const writer = new ByteWriter();
  for (const value of [0, 0, port]) writer.u16(value);
  writer.name(target, false);
  return writer.finish();
}

/** `(length u8 | key=value)*` with a note and as many other keys as fill the octets. */
function txtRdata(note: string, octets: number): Uint8Array {
  const strings = [`note=${note}`];
  let left = octets - 1 - strings[0]!.length;
  for (let key = 1; left > 0; key++) {
    const isLast = left < TXT_STRING_OCTETS + SHORTEST_TXT_STRING_OCTETS;
    const length = isLast ? left : TXT_STRING_OCTETS;
    strings.push(`k${key}=`.padEnd(length - 1, 'abcdefghij '));
    left -= length;
  }
  return Uint8Array.from(strings.flatMap((text) => [text.length, ...Buffer.from(text, 'latin1')]));
}
