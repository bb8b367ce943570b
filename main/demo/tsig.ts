import { createHmac, timingSafeEqual } from 'node:crypto';
import { ProtocolError } from '../../protocol/errors.ts';
import type { DnsMessage } from '../../protocol/wire/message.ts';
import { HEADER_OCTETS } from '../../protocol/wire/message.ts';
import { Name } from '../../protocol/wire/name.ts';
import { ByteReader } from '../../protocol/wire/reader.ts';
import type { ResourceRecord } from '../../protocol/wire/record.ts';
import { readQuestion, readRecord, writeRecord } from '../../protocol/wire/record.ts';
import { RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { ByteWriter } from '../../protocol/wire/writer.ts';
import type { TsigKey } from './tsig-key.ts';

/** What the Error field of a TSIG says about a message that is NOTAUTH (RFC 8945 §3). */
export const TsigError = { NOERROR: 0, BADSIG: 16, BADKEY: 17, BADTIME: 18 } as const;

/** How far clocks may be apart (RFC 8945 §10). */
const FUDGE_SECONDS = 300;
const ALGORITHM = Name.of('hmac-sha256');
const MAC_OCTETS = 32;
/** A MAC cut shorter than half the hash is no TSIG at all (RFC 8945 §5.2.2.1). */
const MIN_MAC_OCTETS = 16;

/** The fields of a TSIG record: its owner is the key's name (RFC 8945 §4.2). */
interface Tsig {
  readonly keyName: Name;
  readonly algorithm: Name;
  readonly timeSigned: number; // seconds since 1970, 48 bits
  readonly fudgeSeconds: number;
  readonly mac: Uint8Array;
  readonly originalId: number;
  readonly error: number;
  readonly other: Uint8Array;
}

/**
 * What became of a request's signature. `malformed` deserves FORMERR, `refused` NOTAUTH; the answer to a refused or
 * verified one carries a TSIG itself, made by `signedResponse`.
 */
export type TsigCheck =
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'malformed' }
  | {
      readonly kind: 'refused';
      readonly error: number;
      readonly request: Tsig;
      readonly key: TsigKey | undefined;
    }
  | { readonly kind: 'verified'; readonly request: Tsig; readonly key: TsigKey };

/**
 * Checks the signature of a request (RFC 8945 §5.2): the key, then the MAC, then the time. `bytes` are the octets that
 * `message` was read from; `nowSeconds` counts from 1970.
 */
export function checkTsig(
  bytes: Uint8Array,
  message: DnsMessage,
  keys: readonly TsigKey[],
  nowSeconds: number,
): TsigCheck {
  const records = [...message.answers, ...message.authorities, ...message.additionals];
  const first = records.findIndex(({ type }) => type === RecordType.TSIG);
  if (first === -1) return { kind: 'unsigned' };
  const record = message.additionals.at(-1);
  // It is the last record of the message, and the only one of its type (RFC 8945 §5.1, §5.2).
  if (record === undefined || first !== records.length - 1) return { kind: 'malformed' };
  const request = readTsig(record);
  if (request === undefined) return { kind: 'malformed' };

  const key = keys.find(({ name }) => name.equals(request.keyName));
  if (key === undefined || !request.algorithm.equals(ALGORITHM)) {
    return { kind: 'refused', error: TsigError.BADKEY, request, key: undefined };
  }
  const { length } = request.mac;
  if (length > MAC_OCTETS || length < MIN_MAC_OCTETS) return { kind: 'malformed' };
  const mac = macOf(key, [unsignedOctets(bytes, message, request.originalId), variables(request)]);
  if (!timingSafeEqual(mac.subarray(0, length), request.mac)) {
    return { kind: 'refused', error: TsigError.BADSIG, request, key: undefined };
  }
  if (Math.abs(nowSeconds - request.timeSigned) > request.fudgeSeconds) {
    return { kind: 'refused', error: TsigError.BADTIME, request, key };
  }
  return { kind: 'verified', request, key };
}

/**
 * Appends to a response the TSIG that answers the request's (RFC 8945 §5.3). It is signed unless the key or the MAC was
 * wrong (§5.3.2); after BADTIME it tells the server's time (§5.2.3).
 */
export function signedResponse(
  response: Uint8Array,
  check: TsigCheck & { readonly kind: 'refused' | 'verified' },
  nowSeconds: number,
): Uint8Array {
  const { request, key } = check;
  const error = check.kind === 'refused' ? check.error : TsigError.NOERROR;
  const isBadTime = error === TsigError.BADTIME;
  const unsigned: Tsig = {
    keyName: request.keyName,
    algorithm: request.algorithm,
    timeSigned: isBadTime ? request.timeSigned : nowSeconds,
    fudgeSeconds: FUDGE_SECONDS,
    mac: new Uint8Array(),
    originalId: (response[0]! << 8) | response[1]!,
    error,
    other: isBadTime ? time48(nowSeconds) : new Uint8Array(),
  };
  if (key === undefined) return appended(response, unsigned);
  const requestMac = new ByteWriter();
  requestMac.u16(request.mac.length);
  requestMac.octets(request.mac);
  return appended(response, {
    ...unsigned,
    mac: macOf(key, [requestMac.finish(), response, variables(unsigned)]),
  });
}

/** How many octets the TSIG of a response takes at most. */
export function tsigOctets(check: TsigCheck): number {
  if (check.kind !== 'verified' && check.kind !== 'refused') return 0;
  const { keyName, algorithm } = check.request;
  // Owner, TYPE to RDLENGTH, algorithm, the fixed fields, MAC and time.
  return keyName.wire.length + 10 + algorithm.wire.length + 16 + MAC_OCTETS + 6;
}

/**
 * Reads `algorithm name | time signed u48 | fudge u16 | MAC size u16 | MAC | original ID u16 | error u16 | other length u16 |
 * other data` (RFC 8945 §4.2); undefined when it is not that.
 */
function readTsig(record: ResourceRecord): Tsig | undefined {
  if (record.class !== RecordClass.ANY || record.ttlSeconds !== 0) return undefined;
  try {
    const reader = new ByteReader(record.rdata);
    const algorithm = reader.name();
    const timeSigned = reader.u16() * 2 ** 32 + reader.u32();
    const fudgeSeconds = reader.u16();
    const mac = reader.octets(reader.u16());
    const [originalId, error] = [reader.u16(), reader.u16()];
    const other = reader.octets(reader.u16());
    reader.expectEnd('RDATA of TSIG');
    return { keyName: record.name, algorithm, timeSigned, fudgeSeconds, mac, originalId, error, other };
  } catch (problem) {
    if (problem instanceof ProtocolError) return undefined;
    throw problem;
  }
}

/** The message as it was before it was signed: without its last record, under its first ID (RFC 8945 §4.3.2). */
function unsignedOctets(bytes: Uint8Array, message: DnsMessage, originalId: number): Uint8Array {
  const reader = new ByteReader(bytes, HEADER_OCTETS);
  for (let left = message.questions.length; left > 0; left--) readQuestion(reader);
  const records = message.answers.length + message.authorities.length + message.additionals.length;
  for (let left = records - 1; left > 0; left--) readRecord(reader);
  const unsigned = Uint8Array.from(bytes.subarray(0, reader.position)); // slice() of a Buffer would not copy
  const header = new DataView(unsigned.buffer);
  header.setUint16(0, originalId);
  header.setUint16(10, message.additionals.length - 1);
  return unsigned;
}

/** The TSIG variables: `NAME | CLASS u16 | TTL u32 | algorithm | time u48 | fudge u16 | error u16 | other` (RFC 8945 §4.3.3). */
function variables(tsig: Tsig): Uint8Array {
  const writer = new ByteWriter();
  writer.octets(canonical(tsig.keyName));
  writer.u16(RecordClass.ANY);
  writer.u32(0);
  writer.octets(canonical(tsig.algorithm));
  writer.octets(time48(tsig.timeSigned));
  writer.u16(tsig.fudgeSeconds);
  writer.u16(tsig.error);
  writer.u16(tsig.other.length);
  writer.octets(tsig.other);
  return writer.finish();
}

/** A name in wire form with A–Z folded (RFC 4034 §6.1). */
function canonical(name: Name): Uint8Array {
  return Buffer.from(name.key, 'latin1');
}

function time48(seconds: number): Uint8Array {
  const writer = new ByteWriter(6);
  writer.u16(Math.floor(seconds / 2 ** 32));
  writer.u32(seconds % 2 ** 32);
  return writer.finish();
}

function macOf(key: TsigKey, parts: readonly Uint8Array[]): Uint8Array {
  const hmac = createHmac('sha256', key.secret);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

function appended(response: Uint8Array, tsig: Tsig): Uint8Array {
  const rdata = new ByteWriter();
  rdata.name(tsig.algorithm, false);
  rdata.octets(time48(tsig.timeSigned));
  rdata.u16(tsig.fudgeSeconds);
  rdata.u16(tsig.mac.length);
  rdata.octets(tsig.mac);
  rdata.u16(tsig.originalId);
  rdata.u16(tsig.error);
  rdata.u16(tsig.other.length);
  rdata.octets(tsig.other);
  const writer = new ByteWriter();
  writer.octets(response);
  const record = {
    name: tsig.keyName,
    type: RecordType.TSIG,
    class: RecordClass.ANY,
    ttlSeconds: 0,
    rdata: rdata.finish(),
  };
  writeRecord(writer, record, false);
  const additionals = ((response[10]! << 8) | response[11]!) + 1;
  writer.patchU16(10, additionals);
  return writer.finish();
}
