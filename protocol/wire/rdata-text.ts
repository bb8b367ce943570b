import { ProtocolError } from '../errors.ts';
import { DNSSEC_WRITERS } from './dnssec-text.ts';
import { ipv4Octets, ipv6Octets } from './ip-text.ts';
import { MasterFileError } from './master-tokens.ts';
import type { Token } from './master-tokens.ts';
import type { WordReader } from './master-words.ts';
import { readRdata } from './rdata.ts';
import { ByteReader } from './reader.ts';
import { RecordType, typeName } from './registry.ts';
import { octetsOf, octetsOfHex } from './text.ts';
import { ByteWriter } from './writer.ts';

/** Reads the rest of an entry as RDATA of a type: in the type's own form, or as `\# LENGTH HEX` (RFC 3597 §5). */
export function readRdataText(type: number, words: WordReader): Uint8Array {
  const mark = words.next;
  if (mark !== undefined && isGeneric(mark)) {
    const rdata = readGenericRdata(words);
    const problem = rdataProblem(type, rdata);
    if (problem !== undefined) throw new MasterFileError(mark, problem);
    return rdata;
  }
  const write = WRITERS.get(type);
  if (write === undefined) {
    const problem = `${typeName(type)} is known here by its octets only: write \\# LENGTH HEX (RFC 3597 §5)`;
    throw new MasterFileError(words.word('RDATA'), problem);
  }
  const writer = new ByteWriter(64);
  write(writer, words);
  words.expectEnd();
  if (writer.length > 0xffff) throw new TypeError('RDATA over 65535 octets');
  return writer.finish();
}

/** Whether a word begins RDATA in the form that fits every type. */
export function isGeneric(token: Token): boolean {
  return token.text === '\\#' && !token.isQuoted;
}

/** Reads `\# LENGTH HEX` to the end of the entry, whatever type the octets are of (RFC 3597 §5). */
export function readGenericRdata(words: WordReader): Uint8Array {
  const mark = words.word('RDATA');
  const length = words.number('the length', 0xffff);
  let hex = '';
  while (words.next !== undefined) hex += words.word('the octets').text;
  const octets = octetsOfHex(hex);
  if (octets === undefined) throw new MasterFileError(mark, 'the octets must be pairs of hexadecimal digits');
  if (octets.length !== length) {
    throw new MasterFileError(mark, `${length} octets are declared and ${octets.length} are there`);
  }
  return octets;
}

/** What keeps these octets from being RDATA of a type in a zone; undefined when nothing does. Shared with UPDATE. */
export function rdataProblem(type: number, rdata: Uint8Array): string | undefined {
  const exact = FIXED_LENGTHS.get(type);
  if (exact !== undefined && rdata.length !== exact)
    return `RDATA of ${typeName(type)} has ${exact} octets, not ${rdata.length}`;
  if (rdata.length === 0 && WRITERS.has(type)) return `RDATA of ${typeName(type)} cannot be empty`;
  if (type === RecordType.TXT) return textsProblem(rdata);
  try {
    readRdata(type, new ByteReader(rdata));
    return undefined;
  } catch (error) {
    if (error instanceof ProtocolError) return error.message;
    throw error;
  }
}

const WRITERS: ReadonlyMap<number, (writer: ByteWriter, words: WordReader) => void> = new Map([
  [RecordType.A, (writer, words) => writer.octets(ipv4(words.word('the address')))],
  [RecordType.AAAA, (writer, words) => writer.octets(ipv6(words.word('the address')))],
  [RecordType.PTR, (writer, words) => writer.name(words.name('the name pointed to'), false)],
  [RecordType.CNAME, (writer, words) => writer.name(words.name('the canonical name'), false)],
  [RecordType.DNAME, (writer, words) => writer.name(words.name('the name substituted'), false)],
  [RecordType.NS, (writer, words) => writer.name(words.name('the name server'), false)],
  [RecordType.MX, writeMx],
  [RecordType.SRV, writeSrv],
  [RecordType.SOA, writeSoa],
  [RecordType.TXT, writeTxt],
  [RecordType.TLSA, writeTlsa],
  ...DNSSEC_WRITERS,
]);

function writeMx(writer: ByteWriter, words: WordReader): void {
  writer.u16(words.number('the preference', 0xffff));
  writer.name(words.name('the mail exchange'), false);
}

function writeSrv(writer: ByteWriter, words: WordReader): void {
  for (const what of ['the priority', 'the weight', 'the port']) writer.u16(words.number(what, 0xffff));
  writer.name(words.name('the target'), false);
}

function writeSoa(writer: ByteWriter, words: WordReader): void {
  writer.name(words.name('the primary server'), false);
  writer.name(words.name('the mailbox'), false);
  writer.u32(words.number('the serial', 0xffffffff));
  for (const what of ['the refresh time', 'the retry time', 'the expire time', 'the minimum']) {
    writer.u32(words.seconds(what));
  }
}

function writeTxt(writer: ByteWriter, words: WordReader): void {
  do {
    const token = words.word('the text');
    const octets = characterString(token);
    if (octets.length > 255)
      throw new MasterFileError(token, `a text has at most 255 octets, not ${octets.length}`);
    writer.u8(octets.length);
    writer.octets(octets);
    if (writer.length > 0xffff)
      throw new MasterFileError(token, 'the texts of a record have at most 65535 octets');
  } while (words.next !== undefined);
}

/** `usage selector matching-type HEX` (RFC 6698 §2.2). */
function writeTlsa(writer: ByteWriter, words: WordReader): void {
  for (const what of ['the usage', 'the selector', 'the matching type']) writer.u8(words.number(what, 0xff));
  const first = words.word('the association data');
  let hex = first.text;
  while (words.next !== undefined) hex += words.word('the association data').text;
  const octets = octetsOfHex(hex);
  if (octets === undefined)
    throw new MasterFileError(first, 'the association data must be pairs of hexadecimal digits');
  writer.octets(octets);
}

/** The octets of a character-string: `\DDD` is an octet, `\` before anything else stands for it (RFC 1035 §5.1). */
function characterString(token: Token): Uint8Array {
  const octets: number[] = [];
  const pieces = token.text.matchAll(/\\(\d{1,3})|\\([^\d])|([^\\]+)/gsu);
  for (const [, digits, escaped, plain] of pieces) {
    if (digits === undefined) {
      octets.push(...octetsOf(escaped ?? plain!));
    } else if (digits.length === 3 && Number(digits) <= 255) {
      octets.push(Number(digits));
    } else {
      throw new MasterFileError(token, `"\\${digits}" must be three digits up to 255`);
    }
  }
  return Uint8Array.from(octets);
}

const FIXED_LENGTHS: ReadonlyMap<number, number> = new Map([
  [RecordType.A, 4],
  [RecordType.AAAA, 16],
]);

function textsProblem(rdata: Uint8Array): string | undefined {
  let at = 0;
  while (at < rdata.length) at += 1 + rdata[at]!;
  return at === rdata.length ? undefined : 'the last text of TXT runs past its end (RFC 1035 §3.3.14)';
}

function ipv4(token: Token): Uint8Array {
  const octets = ipv4Octets(token.text);
  if (octets === undefined) throw new MasterFileError(token, `"${token.text}" is no IPv4 address`);
  return octets;
}

function ipv6(token: Token): Uint8Array {
  const octets = ipv6Octets(token.text);
  if (octets === undefined) throw new MasterFileError(token, `"${token.text}" is no IPv6 address`);
  return octets;
}
