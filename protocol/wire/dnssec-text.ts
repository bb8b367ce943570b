import { octetsOfBase32Hex, octetsOfBase64 } from './base-text.ts';
import { MasterFileError } from './master-tokens.ts';
import type { Token } from './master-tokens.ts';
import type { WordReader } from './master-words.ts';
import { RecordType, typeOf } from './registry.ts';
import { octetsOfHex } from './text.ts';
import type { ByteWriter } from './writer.ts';

/** How RDATA of the types of DNSSEC is read from a master file (RFC 4034 §2.2, §3.2, §4.2, §5.3; RFC 5155 §3.3, §4.3). */
export const DNSSEC_WRITERS: ReadonlyMap<number, (writer: ByteWriter, words: WordReader) => void> = new Map([
  [RecordType.DNSKEY, writeDnskey],
  [RecordType.DS, writeDs],
  [RecordType.RRSIG, writeRrsig],
  [RecordType.NSEC, writeNsec],
  [RecordType.NSEC3, writeNsec3],
  [RecordType.NSEC3PARAM, writeNsec3Parameters],
]);

function writeDnskey(writer: ByteWriter, words: WordReader): void {
  writer.u16(words.number('the flags', 0xffff));
  writer.u8(words.number('the protocol', 0xff));
  writer.u8(words.number('the algorithm', 0xff));
  writer.octets(base64(words, 'the public key'));
}

function writeDs(writer: ByteWriter, words: WordReader): void {
  writer.u16(words.number('the key tag', 0xffff));
  writer.u8(words.number('the algorithm', 0xff));
  writer.u8(words.number('the digest type', 0xff));
  const first = words.next;
  const octets = octetsOfHex(rest(words, 'the digest'));
  if (octets === undefined || octets.length === 0)
    throw new MasterFileError(first!, 'the digest must be pairs of hexadecimal digits');
  writer.octets(octets);
}

function writeRrsig(writer: ByteWriter, words: WordReader): void {
  writer.u16(type(words.word('the type covered')));
  writer.u8(words.number('the algorithm', 0xff));
  writer.u8(words.number('the number of labels', 0xff));
  writer.u32(words.number('the original TTL', 0xffffffff));
  writer.u32(time(words.word('the expiration')));
  writer.u32(time(words.word('the inception')));
  writer.u16(words.number('the key tag', 0xffff));
  writer.name(words.name("the signer's name"), false);
  writer.octets(base64(words, 'the signature'));
}

function writeNsec(writer: ByteWriter, words: WordReader): void {
  writer.name(words.name('the next name'), false);
  writeTypes(writer, words);
}

function writeNsec3(writer: ByteWriter, words: WordReader): void {
  writeNsec3Parameters(writer, words);
  const token = words.word('the next hashed owner name');
  const next = octetsOfBase32Hex(token.text);
  if (next === undefined || next.length === 0 || next.length > 0xff)
    throw new MasterFileError(token, `the next hashed owner name must be in Base 32, not "${token.text}"`);
  writer.u8(next.length);
  writer.octets(next);
  writeTypes(writer, words);
}

function writeNsec3Parameters(writer: ByteWriter, words: WordReader): void {
  writer.u8(words.number('the hash algorithm', 0xff));
  writer.u8(words.number('the flags', 0xff));
  writer.u16(words.number('the iterations', 0xffff));
  const token = words.word('the salt');
  const salt = token.text === '-' ? new Uint8Array() : octetsOfHex(token.text);
  if (salt === undefined || salt.length > 0xff)
    throw new MasterFileError(token, `the salt must be "-" or hexadecimal digits, not "${token.text}"`);
  writer.u8(salt.length);
  writer.octets(salt);
}

/** Writes the rest of the entry, a list of types, as windows of bits (RFC 4034 §4.1.2). */
function writeTypes(writer: ByteWriter, words: WordReader): void {
  const types = new Set<number>();
  while (words.next !== undefined) types.add(type(words.word('the type')));
  const windows = new Set([...types].map((value) => value >>> 8));
  for (const window of [...windows].sort((a, b) => a - b)) {
    const low = [...types].filter((value) => value >>> 8 === window).map((value) => value & 0xff);
    const bits = new Uint8Array((Math.max(...low) >>> 3) + 1);
    for (const value of low) bits[value >>> 3]! |= 0x80 >>> (value & 7);
    writer.u8(window);
    writer.u8(bits.length);
    writer.octets(bits);
  }
}

function type(token: Token): number {
  const value = typeOf(token.text.toUpperCase());
  if (value === undefined) throw new MasterFileError(token, `"${token.text}" is no type`);
  return value;
}

/** A time as YYYYMMDDHHmmSS in UTC or as seconds since 1970, modulo 2^32 (RFC 4034 §3.2). */
function time(token: Token): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(token.text) ?? [];
  if (year !== undefined) {
    const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    if (!Number.isNaN(ms)) return (ms / 1000) >>> 0;
  }
  if (/^\d{1,10}$/.test(token.text) && Number(token.text) <= 0xffffffff) return Number(token.text);
  throw new MasterFileError(token, `"${token.text}" is no time: it is written YYYYMMDDHHmmSS, or in seconds`);
}

function base64(words: WordReader, what: string): Uint8Array {
  const first = words.next;
  const octets = octetsOfBase64(rest(words, what));
  if (octets === undefined || octets.length === 0)
    throw new MasterFileError(first!, `${what} must be in Base 64`);
  return octets;
}

/** The rest of the entry without the white space that may stand anywhere in it (RFC 4034 §2.2). */
function rest(words: WordReader, what: string): string {
  let text = words.word(what).text;
  while (words.next !== undefined) text += words.word(what).text;
  return text;
}
