import { foldAscii } from '../wire/name.ts';
import { charactersOf, isSameOctets, SAME } from '../wire/text.ts';

/** The value of a key that is there: none (`key`), an empty one (`key=`), or octets (`key=value`) (RFC 6763 §6.4). */
export type TxtValue =
  | { readonly kind: 'present' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'octets'; readonly octets: Uint8Array };

/** What a record says about a key: its value, or nothing at all (RFC 6763 §6.4). */
export type TxtAnswer = TxtValue | { readonly kind: 'absent' };

/** One attribute of a TXT record, its key as published. */
export interface TxtEntry {
  readonly key: string;
  readonly value: TxtValue;
}

const PRESENT: TxtValue = { kind: 'present' };
const EMPTY: TxtValue = { kind: 'empty' };
const ABSENT: TxtAnswer = { kind: 'absent' };
const EQUALS = 0x3d;
/** `1`, the version of every TXT profile published so far (RFC 6763 §6.7). */
const KNOWN_VERSION = 0x31;

/**
 * The attributes in a TXT record of a service (RFC 6763 §6). They are read when asked for: the octets are a tenth of
 * what they are read into, and most records are never looked at twice.
 */
export class Txt {
  readonly #rdata: Uint8Array;

  /** `rdata` is `(length u8 | octets)*`. No record, no octets and one empty string are the same (RFC 6763 §6.1). */
  constructor(rdata: Uint8Array | undefined) {
    this.#rdata = rdata ?? new Uint8Array();
  }

  /**
   * The attributes in published order, the first of several equal keys, without regard to case (§6.4). A string without
   * a key, or with other octets than printable ASCII in it, says nothing. Where a length runs past the end, reading
   * ends. A record whose `txtvers` is not ours to understand has none (§6.7).
   */
  get entries(): readonly TxtEntry[] {
    const rdata = this.#rdata;
    const entries: TxtEntry[] = [];
    const seen = new Set<string>();
    for (let at = 0; at < rdata.length;) {
      const start = at + 1;
      const end = start + rdata[at]!;
      // An overrun drops what it would be part of, and all that precedes it stands (RFC 6763 §6.1).
      if (end > rdata.length) break;
      at = end;
      const keyEnd = endOfKey(rdata, start, end);
      if (keyEnd === undefined) continue;
      const key = charactersOf(rdata, SAME, start, keyEnd);
      const folded = key.toLowerCase(); // it is ASCII
      if (seen.has(folded)) continue;
      seen.add(folded);
      entries.push({ key, value: valueOf(rdata, keyEnd, end) });
    }
    return seen.has('txtvers') && isForeign(entries) ? [] : entries;
  }

  /** What the record says about a key, in any letter case. */
  value(key: string): TxtAnswer {
    return valueIn(this.entries, key);
  }

  /** Whether two records are the same, octet by octet. */
  equals(other: Txt): boolean {
    return this.#rdata === other.#rdata || isSameOctets(this.#rdata, other.#rdata);
  }
}

function valueIn(entries: readonly TxtEntry[], key: string): TxtAnswer {
  const folded = foldAscii(key);
  return entries.find((entry) => foldAscii(entry.key) === folded)?.value ?? ABSENT;
}

/** Where a key ends that has one or more of the octets 0x20–0x7E but `=` (RFC 6763 §6.4); undefined when there is none. */
function endOfKey(rdata: Uint8Array, start: number, end: number): number | undefined {
  let at = start;
  for (; at < end && rdata[at] !== EQUALS; at++) if (rdata[at]! < 0x20 || rdata[at]! > 0x7e) return undefined;
  return at === start ? undefined : at;
}

function valueOf(rdata: Uint8Array, keyEnd: number, end: number): TxtValue {
  if (keyEnd === end) return PRESENT;
  return keyEnd + 1 === end ? EMPTY : { kind: 'octets', octets: rdata.subarray(keyEnd + 1, end) };
}

/** A `txtvers` without a version in it states none. */
function isForeign(entries: readonly TxtEntry[]): boolean {
  const version = valueIn(entries, 'txtvers');
  return version.kind === 'octets' && (version.octets.length > 1 || version.octets[0] !== KNOWN_VERSION);
}
