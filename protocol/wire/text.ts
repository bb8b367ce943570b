const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const ENCODER = new TextEncoder();

/** For `charactersOf`: every octet is the character of its own number. */
const SAME: Uint8Array = Uint8Array.from({ length: 256 }, (_, octet) => octet);
/** The same with A–Z folded to a–z and nothing else (RFC 4343 §3): no Unicode case rule applies to DNS. */
export const FOLDED: Uint8Array = SAME.map((octet) => (octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet));

/** As many characters are made in one call; more arguments could be too many for it. */
const CHARACTERS_AT_ONCE = 1024;

/**
 * Octets as a string of as many characters, so that it can be a map's key: equal when every octet is. `characters` gives
 * the character of each octet. Made in one call, because a string put together from pieces costs a map twice as much.
 */
export function charactersOf(octets: Uint8Array, characters = SAME): string {
  const { length } = octets;
  if (length > CHARACTERS_AT_ONCE) {
    const rest = charactersOf(octets.subarray(CHARACTERS_AT_ONCE), characters);
    return charactersOf(octets.subarray(0, CHARACTERS_AT_ONCE), characters) + rest;
  }
  const codes = new Array<number>(length);
  for (let at = 0; at < length; at++) codes[at] = characters[octets[at]!]!;
  return String.fromCharCode(...codes);
}

/** UTF-8 octets of a text. */
export function octetsOf(text: string): Uint8Array {
  return ENCODER.encode(text);
}

/** The text of UTF-8 octets; undefined when they are not UTF-8. */
export function utf8Of(octets: Uint8Array): string | undefined {
  try {
    return UTF8.decode(octets);
  } catch {
    return undefined;
  }
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
