import { ProtocolError } from '../errors.ts';
import type { Name } from './name.ts';
import { ByteReader } from './reader.ts';
import { RecordType } from './registry.ts';
import { charactersOf, FOLDED, SAME } from './text.ts';
import type { ByteWriter } from './writer.ts';

/** How an RDATA with names is laid out: fixed octets, names, then `after` octets or, for -1, the rest. */
interface NameLayout {
  readonly before: number;
  readonly names: number;
  readonly after: number;
}

/** The types whose RDATA names may be compressed in PUSH (RFC 8765 §6.3.1, the list of RFC 6762 §18.14). */
const NAME_LAYOUTS: ReadonlyMap<number, NameLayout> = new Map([
  [RecordType.NS, { before: 0, names: 1, after: 0 }],
  [RecordType.CNAME, { before: 0, names: 1, after: 0 }],
  [RecordType.PTR, { before: 0, names: 1, after: 0 }],
  [RecordType.DNAME, { before: 0, names: 1, after: 0 }],
  [RecordType.SOA, { before: 0, names: 2, after: 20 }],
  [RecordType.MX, { before: 2, names: 1, after: 0 }],
  [RecordType.AFSDB, { before: 2, names: 1, after: 0 }],
  [RecordType.RT, { before: 2, names: 1, after: 0 }],
  [RecordType.KX, { before: 2, names: 1, after: 0 }],
  [RecordType.RP, { before: 0, names: 2, after: 0 }],
  [RecordType.PX, { before: 2, names: 2, after: 0 }],
  [RecordType.SRV, { before: 6, names: 1, after: 0 }],
  [RecordType.NSEC, { before: 0, names: 1, after: -1 }],
]);

/**
 * Reads the whole window as RDATA of a type and returns it with its names written out, so that it means the same
 * outside its message. RDATA without names is a view of the message. An empty RDATA stays empty: RFC 2136 and
 * RFC 8765 use it.
 */
export function readRdata(type: number, window: ByteReader): Uint8Array {
  const layout = NAME_LAYOUTS.get(type);
  if (layout === undefined || window.atEnd) return window.octets(window.bytesLeft);
  const { before, names, after } = layout;
  const start = window.position;
  window.skip(before);
  let rdata = window.name().wire;
  if (before > 0) rdata = joined(window.bytes, start, before, rdata);
  for (let name = 1; name < names; name++) rdata = joined(rdata, 0, rdata.length, window.name().wire);
  if (after !== 0)
    rdata = joined(rdata, 0, rdata.length, window.octets(after === -1 ? window.bytesLeft : after));
  window.expectEnd('RDATA');
  return rdata;
}

/** Writes expanded RDATA of a type, its names compressed where `compress` says so and the type allows it. */
export function writeRdata(writer: ByteWriter, type: number, rdata: Uint8Array, compress: boolean): void {
  const layout = compress ? NAME_LAYOUTS.get(type) : undefined;
  if (layout === undefined || rdata.length === 0) {
    writer.octets(rdata);
    return;
  }
  const reader = new ByteReader(rdata);
  writer.octets(reader.octets(layout.before));
  for (let names = layout.names; names > 0; names--) writer.name(reader.name(), true);
  writer.octets(reader.octets(reader.bytesLeft));
}

/** Equal for RDATA of one type that means the same: names without regard to case, all other octets exactly. */
export function rdataKey(type: number, rdata: Uint8Array): string {
  const layout = NAME_LAYOUTS.get(type);
  if (layout === undefined || rdata.length === 0) return charactersOf(rdata);
  const { names, before } = layout;
  const reader = new ByteReader(rdata, before);
  for (let left = names; left > 0; left--) reader.name();
  const end = reader.position;
  return (
    charactersOf(rdata, SAME, 0, before) +
    charactersOf(rdata, FOLDED, before, end) +
    charactersOf(rdata, SAME, end)
  );
}

/** The name in the RDATA of a PTR, CNAME, NS or DNAME record. */
export function nameRdata(rdata: Uint8Array): Name {
  const reader = new ByteReader(rdata);
  const name = reader.name();
  reader.expectEnd('RDATA');
  return name;
}

/** RDATA of an SRV record (RFC 2782). */
export interface Srv {
  readonly priority: number;
  readonly weight: number;
  readonly port: number;
  readonly target: Name;
}

/** Reads `priority u16 | weight u16 | port u16 | target` (RFC 2782). */
export function srvRdata(rdata: Uint8Array): Srv {
  const reader = new ByteReader(rdata);
  const srv = { priority: reader.u16(), weight: reader.u16(), port: reader.u16(), target: reader.name() };
  reader.expectEnd('RDATA of SRV');
  return srv;
}

/** RDATA of a SOA record (RFC 1035 §3.3.13); times in seconds. */
export interface Soa {
  readonly primary: Name;
  readonly mailbox: Name;
  readonly serial: number;
  readonly refreshSeconds: number;
  readonly retrySeconds: number;
  readonly expireSeconds: number;
  /** The time to live of a negative answer is at most this (RFC 2308 §4). */
  readonly minimumSeconds: number;
}

/** Reads `MNAME | RNAME | SERIAL | REFRESH | RETRY | EXPIRE | MINIMUM`, five u32 (RFC 1035 §3.3.13). */
export function soaRdata(rdata: Uint8Array): Soa {
  const reader = new ByteReader(rdata);
  const soa = {
    primary: reader.name(),
    mailbox: reader.name(),
    serial: reader.u32(),
    refreshSeconds: reader.u32(),
    retrySeconds: reader.u32(),
    expireSeconds: reader.u32(),
    minimumSeconds: reader.u32(),
  };
  reader.expectEnd('RDATA of SOA');
  return soa;
}

/** The address in the RDATA of an A record: dotted decimal (RFC 1035 §3.4.1). */
export function ipv4Rdata(rdata: Uint8Array): string {
  if (rdata.length !== 4)
    throw new ProtocolError('RFC 1035 §3.4.1', `an A record has ${rdata.length} octets, not 4`);
  return `${rdata[0]}.${rdata[1]}.${rdata[2]}.${rdata[3]}`;
}

/** The address in the RDATA of an AAAA record, as RFC 5952 §4 writes it: lower case, the longest run of zeros as `::`. */
export function ipv6Rdata(rdata: Uint8Array): string {
  if (rdata.length !== 16)
    throw new ProtocolError('RFC 3596 §2.2', `an AAAA record has ${rdata.length} octets, not 16`);
  const zeros = longestZeros(rdata);
  let text = '';
  for (let group = 0; group < 8; group++) {
    if (group === zeros.at) {
      text += '::';
      group += zeros.length - 1;
    } else {
      const separator = group === 0 || text.endsWith(':') ? '' : ':';
      text += separator + ((rdata[2 * group]! << 8) | rdata[2 * group + 1]!).toString(16);
    }
  }
  return text;
}

/** The first of the longest runs of two or more groups of zero (RFC 5952 §4.2); at -1 when there is none. */
function longestZeros(rdata: Uint8Array): { readonly at: number; readonly length: number } {
  let longest = { at: -1, length: 1 };
  for (let at = 0, length = 0; at + length < 8;) {
    const group = 2 * (at + length);
    if (rdata[group] === 0 && rdata[group + 1] === 0) {
      length += 1;
      if (length > longest.length) longest = { at, length };
    } else {
      at += length + 1;
      length = 0;
    }
  }
  return longest;
}

/** So many octets of `front` from `start` on, a few as a rule, and `back` behind them. */
function joined(front: Uint8Array, start: number, octets: number, back: Uint8Array): Uint8Array {
  const whole = new Uint8Array(octets + back.length);
  for (let at = 0; at < octets; at++) whole[at] = front[start + at]!;
  whole.set(back, octets);
  return whole;
}
