import { foldAscii } from './name.ts';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE32_HEX = '0123456789abcdefghijklmnopqrstuv';

/** Octets in Base 64 with padding (RFC 4648 §4), as keys and signatures stand in master files. */
export function base64Of(octets: Uint8Array): string {
  const text = encoded(octets, BASE64, 6);
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

/** The octets of a text in Base 64 with padding (RFC 4648 §4); undefined when it is none. */
export function octetsOfBase64(text: string): Uint8Array | undefined {
  return text.length % 4 === 0 ? decoded(text.replace(/={1,2}$/, ''), BASE64, 6) : undefined;
}

/** Octets in Base 32 with the extended hex alphabet and no padding, in lower case (RFC 4648 §7; RFC 5155 §3.3). */
export function base32HexOf(octets: Uint8Array): string {
  return encoded(octets, BASE32_HEX, 5);
}

/** The octets of a text in Base 32 with the extended hex alphabet, in either case and without padding; undefined when it is none. */
export function octetsOfBase32Hex(text: string): Uint8Array | undefined {
  return decoded(foldAscii(text), BASE32_HEX, 5);
}

function encoded(octets: Uint8Array, alphabet: string, bits: number): string {
  let text = '';
  let held = 0;
  let heldBits = 0;
  for (const octet of octets) {
    held = (held << 8) | octet;
    heldBits += 8;
    while (heldBits >= bits) {
      heldBits -= bits;
      text += alphabet.charAt(held >>> heldBits);
      held &= (1 << heldBits) - 1;
    }
  }
  return heldBits === 0 ? text : text + alphabet.charAt(held << (bits - heldBits));
}

/** Bits left over must be too few for an octet, and zero: a text that says the same in two ways is none (RFC 4648 §3.5). */
function decoded(text: string, alphabet: string, bits: number): Uint8Array | undefined {
  const octets = new Uint8Array(Math.floor((text.length * bits) / 8));
  let at = 0;
  let held = 0;
  let heldBits = 0;
  for (const character of text) {
    const value = alphabet.indexOf(character);
    if (value < 0) return undefined;
    held = (held << bits) | value;
    heldBits += bits;
    if (heldBits < 8) continue;
    heldBits -= 8;
    octets[at++] = held >>> heldBits;
    held &= (1 << heldBits) - 1;
  }
  return heldBits < bits && held === 0 ? octets : undefined;
}
