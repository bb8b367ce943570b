import { foldAscii } from '../wire/name.ts';

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
    const entries: TxtEntry[] = [];
    const seen = new Set<string>();
    for (const string of stringsOf(this.#rdata)) {
      const equals = string.indexOf(EQUALS);
      const key = keyOf(equals === -1 ? string : string.subarray(0, equals));
      if (key === undefined || seen.has(foldAscii(key))) continue;
      seen.add(foldAscii(key));
      entries.push({ key, value: valueOf(string, equals) });
    }
    return isForeign(entries) ? [] : entries;
  }

  /** What the record says about a key, in any letter case. */
  value(key: string): TxtAnswer {
    return valueIn(this.entries, key);
  }

  /** Whether two records are the same, octet by octet. */
  equals(other: Txt): boolean {
    if (this.#rdata === other.#rdata) return true;
    if (this.#rdata.length !== other.#rdata.length) return false;
    return this.#rdata.every((octet, at) => octet === other.#rdata[at]);
  }
}

function valueIn(entries: readonly TxtEntry[], key: string): TxtAnswer {
  const folded = foldAscii(key);
  return entries.find((entry) => foldAscii(entry.key) === folded)?.value ?? ABSENT;
}

/** The strings of the record. An overrun drops what it would be part of, and all that precedes it stands (RFC 6763 §6.1). */
function* stringsOf(rdata: Uint8Array): Generator<Uint8Array, void, undefined> {
  for (let at = 0; at < rdata.length;) {
    const end = at + 1 + rdata[at]!;
    if (end > rdata.length) return;
    yield rdata.subarray(at + 1, end);
    at = end;
  }
}

/** The text of a key: one or more of the octets 0x20–0x7E but `=` (RFC 6763 §6.4); undefined when it is none. */
function keyOf(octets: Uint8Array): string | undefined {
  if (octets.length === 0 || octets.some((octet) => octet < 0x20 || octet > 0x7e)) return undefined;
  return String.fromCharCode(...octets);
}

function valueOf(string: Uint8Array, equals: number): TxtValue {
  if (equals === -1) return PRESENT;
  return equals === string.length - 1 ? EMPTY : { kind: 'octets', octets: string.subarray(equals + 1) };
}

/** A `txtvers` without a version in it states none. */
function isForeign(entries: readonly TxtEntry[]): boolean {
  const version = valueIn(entries, 'txtvers');
  return version.kind === 'octets' && (version.octets.length > 1 || version.octets[0] !== KNOWN_VERSION);
}
