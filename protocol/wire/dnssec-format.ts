import { base32HexOf, base64Of } from './base-text.ts';
import { formatName } from './master-words.ts';
import { ByteReader } from './reader.ts';
import { RecordType, typeName } from './registry.ts';
import { hexOf } from './text.ts';

/**
 * How RDATA of the types of DNSSEC stands in a master file (RFC 4034, RFC 5155); undefined where the form would not lead
 * back to the same octets.
 */
export const DNSSEC_FORMATS: ReadonlyMap<number, (rdata: Uint8Array) => string | undefined> = new Map([
  [RecordType.DNSKEY, dnskeyText],
  [RecordType.DS, dsText],
  [RecordType.RRSIG, rrsigText],
  [RecordType.NSEC, nsecText],
  [RecordType.NSEC3, nsec3Text],
  [RecordType.NSEC3PARAM, nsec3ParametersText],
]);

function dnskeyText(rdata: Uint8Array): string | undefined {
  const reader = new ByteReader(rdata);
  const fields = [reader.u16(), reader.u8(), reader.u8()];
  return reader.atEnd ? undefined : `${fields.join(' ')} ${base64Of(restOf(reader))}`;
}

function dsText(rdata: Uint8Array): string | undefined {
  const reader = new ByteReader(rdata);
  const fields = [reader.u16(), reader.u8(), reader.u8()];
  return reader.atEnd ? undefined : `${fields.join(' ')} ${hexOf(restOf(reader))}`;
}

function rrsigText(rdata: Uint8Array): string | undefined {
  const reader = new ByteReader(rdata);
  const covered = typeName(reader.u16());
  const fields = [reader.u8(), reader.u8(), reader.u32()];
  const times = [timeText(reader.u32()), timeText(reader.u32())];
  const tag = reader.u16();
  const start = reader.position;
  const signer = reader.name();
  // A signer's name is not compressed (RFC 4034 §3.1.7): where there is a pointer, the octets stand as they are.
  if (reader.atEnd || start + signer.wire.length !== reader.position) return undefined;
  const words = [covered, ...fields, ...times, tag, formatName(signer), base64Of(restOf(reader))];
  return words.join(' ');
}

function nsecText(rdata: Uint8Array): string | undefined {
  const reader = new ByteReader(rdata);
  const next = formatName(reader.name());
  return withTypes(next, reader);
}

function nsec3Text(rdata: Uint8Array): string | undefined {
  const reader = new ByteReader(rdata);
  const parameters = parametersOf(reader);
  const next = reader.octets(reader.u8());
  return next.length === 0 ? undefined : withTypes(`${parameters} ${base32HexOf(next)}`, reader);
}

function nsec3ParametersText(rdata: Uint8Array): string | undefined {
  const reader = new ByteReader(rdata);
  const parameters = parametersOf(reader);
  return reader.atEnd ? parameters : undefined;
}

function parametersOf(reader: ByteReader): string {
  const fields = [reader.u8(), reader.u8(), reader.u16()];
  const salt = hexOf(reader.octets(reader.u8()));
  return `${fields.join(' ')} ${salt === '' ? '-' : salt}`;
}

/** The text and the types in the windows of bits that follow; undefined when they are not in the one form that a list of types has. */
function withTypes(text: string, reader: ByteReader): string | undefined {
  const words = [text];
  for (let after = -1; !reader.atEnd;) {
    const window = reader.u8();
    const bits = reader.octets(reader.u8());
    if (window <= after || bits.length === 0 || bits.length > 32 || bits.at(-1) === 0) return undefined;
    after = window;
    for (const [at, octet] of bits.entries()) {
      for (let bit = 0; bit < 8; bit++) {
        if ((octet & (0x80 >>> bit)) !== 0) words.push(typeName((window << 8) | (at << 3) | bit));
      }
    }
  }
  return words.join(' ');
}

/** YYYYMMDDHHmmSS in UTC (RFC 4034 §3.2). */
function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\D/g, '').slice(0, 14);
}

function restOf(reader: ByteReader): Uint8Array {
  return reader.octets(reader.bytesLeft);
}
