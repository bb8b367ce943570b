const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const ENCODER = new TextEncoder();

/** For `charactersOf`: every octet is the character of its own number. */
export const SAME: Uint8Array = Uint8Array.from({ length: 256 }, (_, octet) => octet);
/** The same with A–Z folded to a–z and nothing else (RFC 4343 §3): no Unicode case rule applies to DNS. */
export const FOLDED: Uint8Array = SAME.map((octet) =>
  octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet,
);

/** Calling the decoder costs more than making a text of this many octets without it. */
const SHORT = 64;
/** As many characters are made in one call; more arguments could be too many for it. */
const CHARACTERS_AT_ONCE = 1024;

/**
 * Octets from `start` to `end` as a string of as many characters, so that it can be a map's key: equal when every octet is.
 * `characters` gives the character of each octet. Made in one call, because a string put together from pieces costs a map
 * twice as much; and without a view, which costs more than the string.
 */
export function charactersOf(octets: Uint8Array, characters = SAME, start = 0, end = octets.length): string {
  if (end - start > CHARACTERS_AT_ONCE) {
    const middle = start + CHARACTERS_AT_ONCE;
    return charactersOf(octets, characters, start, middle) + charactersOf(octets, characters, middle, end);
  }
  const codes: number[] = [];
  for (let at = start; at < end; at++) codes.push(characters[octets[at]!]!);
  return String.fromCharCode(...codes);
}

/** Whether two runs of octets are the same. */
export function isSameOctets(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

/** UTF-8 octets of a text. */
export function octetsOf(text: string): Uint8Array {
  return ENCODER.encode(text);
}

/** The text of UTF-8 octets; undefined when they are not UTF-8. */
export function utf8Of(octets: Uint8Array): string | undefined {
  if (octets.length <= SHORT && isAscii(octets)) return charactersOf(octets);
  try {
    return UTF8.decode(octets);
  } catch {
    return undefined;
  }
}

function isAscii(octets: Uint8Array): boolean {
  for (let at = 0; at < octets.length; at++) if (octets[at]! >= 0x80) return false;
  return true;
}

/** Octets as text: UTF-8 as it is, and each octet that is not part of UTF-8 as `\DDD`, three decimal digits. */
export function textOf(octets: Uint8Array): string {
  return utf8Of(octets) ?? mixedText(octets);
}

/** One octet as `\DDD` (RFC 1035 §5.1). */
export function escapedOctet(octet: number): string {
  return `\\${String(octet).padStart(3, '0')}`;
}

/** Octets as lower-case hexadecimal digits. */
export function hexOf(octets: Uint8Array): string {
  let hex = '';
  for (const octet of octets) hex += octet.toString(16).padStart(2, '0');
  return hex;
}

/** The octets that pairs of hexadecimal digits spell, in either case; undefined when the text is anything else. */
export function octetsOfHex(hex: string): Uint8Array | undefined {
  if (!/^(?:[\da-f]{2})*$/i.test(hex)) return undefined;
  const octets = new Uint8Array(hex.length / 2);
  for (let at = 0; at < octets.length; at++) octets[at] = Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16);
  return octets;
}

function mixedText(octets: Uint8Array): string {
  let text = '';
  for (let at = 0; at < octets.length;) {
    const length = sequenceLength(octets[at]!);
    const character = length === 0 ? undefined : utf8Of(octets.subarray(at, at + length));
    text += character ?? escapedOctet(octets[at]!);
    at += character === undefined ? 1 : length;
  }
  return text;
}

/** How many octets the UTF-8 sequence has that starts with this one; 0 when none does (RFC 3629 §3). */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  if (lead >= 0xf0 && lead < 0xf5) return 4;
  return 0;
}
