import { charactersOf, escapedOctet, FOLDED, isSameOctets, octetsOf, textOf } from './text.ts';

/** RFC 1035 §2.3.4. */
export const MAX_LABEL_OCTETS = 63;
/** RFC 1035 §2.3.4, the length octets and the root's zero octet included. */
export const MAX_NAME_OCTETS = 255;

const DOT = 0x2e;
const BACKSLASH = 0x5c;

/**
 * A domain name as octets, because that is what it is: a label may hold dots, spaces, UTF-8 and anything else
 * (RFC 2181 §11, RFC 6763 §4.1). Immutable. Case is kept and ignored in comparison, for A–Z only (RFC 4343).
 */
export class Name {
  /** The uncompressed wire form: length octet and label, repeated, then the root's zero octet. */
  readonly wire: Uint8Array;
  #exact: string | undefined;
  #key: string | undefined;

  private constructor(wire: Uint8Array) {
    this.wire = wire;
  }

  static readonly root = new Name(new Uint8Array(1));

  /** Trusts `wire` to be a whole, valid, uncompressed name that nobody writes to again. */
  static ofWire(wire: Uint8Array): Name {
    return new Name(wire);
  }

  /** The name of these labels, leftmost first. A label or name over its limit is a `RangeError`. */
  static ofLabels(labels: readonly (Uint8Array | string)[]): Name {
    const octets = labels.map((label) => (typeof label === 'string' ? octetsOf(label) : label));
    const length = octets.reduce((sum, label) => sum + 1 + label.length, 1);
    if (length > MAX_NAME_OCTETS)
      throw new RangeError(`a name has at most ${MAX_NAME_OCTETS} octets, not ${length}`);
    const wire = new Uint8Array(length);
    let at = 0;
    for (const label of octets) {
      if (label.length === 0) throw new RangeError('a label has at least one octet');
      if (label.length > MAX_LABEL_OCTETS) {
        throw new RangeError(`a label has at most ${MAX_LABEL_OCTETS} octets, not ${label.length}`);
      }
      wire[at] = label.length;
      wire.set(label, at + 1);
      at += 1 + label.length;
    }
    return new Name(wire);
  }

  /** The name that a constant of ours spells; a wrong one is our own mistake, a `TypeError`. Users' text goes through `parseName`. */
  static of(text: string): Name {
    const parsed = parseName(text);
    if (!parsed.ok) throw new TypeError(parsed.message);
    return parsed.name;
  }

  /** The octets as a string, one character each: equal when every octet is. */
  get exact(): string {
    return (this.#exact ??= charactersOf(this.wire));
  }

  /** Equal for names that DNS holds equal (RFC 4343 §3): the octets with A–Z folded, one character each. Good as a map's key. */
  get key(): string {
    return (this.#key ??= charactersOf(this.wire, FOLDED));
  }

  equals(other: Name): boolean {
    return this === other || this.key === other.key;
  }

  /** Whether the two are alike to the last octet, letter case included. */
  isSpelledLike({ wire }: Name): boolean {
    return this.wire === wire || isSameOctets(this.wire, wire);
  }

  get isRoot(): boolean {
    return this.wire.length === 1;
  }

  /** The labels, leftmost first, without the root's empty one. */
  get labels(): readonly Uint8Array[] {
    const labels: Uint8Array[] = [];
    for (let at = 0; this.wire[at] !== 0; at += 1 + this.wire[at]!) {
      labels.push(this.wire.subarray(at + 1, at + 1 + this.wire[at]!));
    }
    return labels;
  }

  get labelCount(): number {
    let count = 0;
    for (let at = 0; this.wire[at] !== 0; at += 1 + this.wire[at]!) count++;
    return count;
  }

  /** The name without its leftmost label; the root has no parent and is its own. */
  get parent(): Name {
    return this.isRoot ? this : this.skip(1);
  }

  /** The name without its `count` leftmost labels. */
  skip(count: number): Name {
    let at = 0;
    for (let left = count; left > 0 && this.wire[at] !== 0; left--) at += 1 + this.wire[at]!;
    return at === 0 ? this : new Name(this.wire.subarray(at));
  }

  /** The name with labels put in front. */
  prepend(...labels: readonly (Uint8Array | string)[]): Name {
    return Name.ofLabels([...labels, ...this.labels]);
  }

  /** Whether this name is `ancestor` or lies below it. */
  isWithin(ancestor: Name): boolean {
    const start = this.wire.length - ancestor.wire.length;
    let at = 0;
    while (at < start) at += 1 + this.wire[at]!;
    return at === start && this.key.endsWith(ancestor.key);
  }

  /**
   * Presentation form with the root's dot, as `parseName` reads it back: `Dr\.\032Pepper._ipp._tcp.office.test.`
   * White space, controls, and octets that are not UTF-8 stand as `\DDD`; other UTF-8 stands as itself.
   */
  toString(): string {
    if (this.isRoot) return '.';
    return asciiText(this.wire) ?? this.labels.map((label) => `${escapedLabel(label)}.`).join('');
  }
}

/** What `parseName` made of a text. */
export type ParsedName =
  | { readonly ok: true; readonly name: Name }
  | { readonly ok: false; readonly code: 'bad-name'; readonly message: string };

/**
 * Reads presentation form (RFC 1035 §5.1): labels between dots, `\.` and `\\` for the characters themselves, `\DDD` for
 * an octet; other characters stand for their UTF-8 octets. The final dot may be missing.
 */
export function parseName(text: string): ParsedName {
  if (text === '.') return { ok: true, name: Name.root };
  const labels: Uint8Array[] = [];
  let label: number[] = [];
  let ended = true;
  for (let at = 0; at < text.length;) {
    const { octets, length, isDot } = nextOctets(text, at);
    if (octets === undefined)
      return badName(text, `"\\" must be followed by a character or by three digits up to 255`);
    at += length;
    ended = isDot;
    if (!isDot) {
      label.push(...octets);
      continue;
    }
    if (label.length === 0) return badName(text, 'a label is empty');
    labels.push(Uint8Array.from(label));
    label = [];
  }
  if (!ended) labels.push(Uint8Array.from(label));
  if (labels.length === 0) return badName(text, 'it is empty');
  try {
    return { ok: true, name: Name.ofLabels(labels) };
  } catch (error) {
    return badName(text, (error as RangeError).message);
  }
}

/** A–Z folded to a–z and nothing else (RFC 4343 §3): no Unicode case rule applies to DNS. */
export function foldAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (upper) => upper.toLowerCase());
}

function badName(text: string, problem: string): ParsedName {
  return { ok: false, code: 'bad-name', message: `"${text}" is no domain name: ${problem}.` };
}

interface NextOctets {
  readonly octets: readonly number[] | undefined;
  readonly length: number;
  readonly isDot: boolean;
}

function nextOctets(text: string, at: number): NextOctets {
  const character = String.fromCodePoint(text.codePointAt(at)!);
  if (character === '.') return { octets: [], length: 1, isDot: true };
  if (character !== '\\') return { octets: [...octetsOf(character)], length: character.length, isDot: false };
  const digits = /^\d{1,3}/.exec(text.slice(at + 1, at + 4))?.[0];
  if (digits !== undefined) {
    const valid = digits.length === 3 && Number(digits) <= 255;
    return { octets: valid ? [Number(digits)] : undefined, length: 4, isDot: false };
  }
  const next = text.codePointAt(at + 1);
  if (next === undefined) return { octets: undefined, length: 1, isDot: false };
  const escaped = String.fromCodePoint(next);
  return { octets: [...octetsOf(escaped)], length: 1 + escaped.length, isDot: false };
}

/** The text of a name that is all ASCII; undefined when it is not. As `escapedLabel`, without making a view of every label. */
function asciiText(wire: Uint8Array): string | undefined {
  const codes: number[] = [];
  for (let at = 0; wire[at] !== 0;) {
    const end = at + 1 + wire[at]!;
    for (at += 1; at < end; at++) {
      const octet = wire[at]!;
      if (octet >= 0x80) return undefined;
      if (octet === DOT || octet === BACKSLASH) codes.push(BACKSLASH, octet);
      else if (octet > 0x20 && octet !== 0x7f) codes.push(octet);
      else for (const character of escapedOctet(octet)) codes.push(character.charCodeAt(0));
    }
    codes.push(DOT);
  }
  return String.fromCharCode(...codes);
}

function escapedLabel(label: Uint8Array): string {
  // Backslashes are told apart from the `\DDD` that textOf writes by escaping octets before the text is made.
  let text = '';
  let start = 0;
  for (let at = 0; at < label.length; at++) {
    const octet = label[at]!;
    const special = octet === DOT || octet === BACKSLASH;
    if (!special && octet > 0x20 && octet !== 0x7f) continue;
    text +=
      textOf(label.subarray(start, at)) + (special ? `\\${String.fromCharCode(octet)}` : escapedOctet(octet));
    start = at + 1;
  }
  return text + textOf(label.subarray(start));
}
