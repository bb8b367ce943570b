/** Writers of DER, the one encoding of ASN.1 values that certificates have (X.690 §8, §10). Each returns one whole element. */

const Tag = {
  BOOLEAN: 0x01,
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OCTET_STRING: 0x04,
  OBJECT_IDENTIFIER: 0x06,
  UTF8_STRING: 0x0c,
  UTC_TIME: 0x17,
  SEQUENCE: 0x30,
  SET: 0x31,
} as const;

/** `tag | length | content`; the length takes one octet up to 127, else its octets follow their number (X.690 §8.1.3). */
export function element(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(contents);
  if (content.length < 0x80) return Buffer.concat([Uint8Array.of(tag, content.length), content]);
  const length = bigEndian(content.length);
  return Buffer.concat([Uint8Array.of(tag, 0x80 | length.length), length, content]);
}

export function sequence(...contents: readonly Uint8Array[]): Uint8Array {
  return element(Tag.SEQUENCE, ...contents);
}

export function set(...contents: readonly Uint8Array[]): Uint8Array {
  return element(Tag.SET, ...contents);
}

/** A positive integer from its octets, big-endian. */
export function integer(octets: Uint8Array): Uint8Array {
  const start = octets.findIndex((octet) => octet !== 0);
  const significant = start === -1 ? Uint8Array.of(0) : octets.subarray(start);
  return element(Tag.INTEGER, significant[0]! >= 0x80 ? Uint8Array.of(0) : new Uint8Array(), significant);
}

export function boolean(value: boolean): Uint8Array {
  return element(Tag.BOOLEAN, Uint8Array.of(value ? 0xff : 0));
}

/** A string of bits whose last `unusedBits` do not count. */
export function bitString(octets: Uint8Array, unusedBits = 0): Uint8Array {
  return element(Tag.BIT_STRING, Uint8Array.of(unusedBits), octets);
}

export function octetString(octets: Uint8Array): Uint8Array {
  return element(Tag.OCTET_STRING, octets);
}

export function utf8String(text: string): Uint8Array {
  return element(Tag.UTF8_STRING, Buffer.from(text));
}

/** An object identifier in dotted form: the first two numbers in one octet, the others in base 128 (X.690 §8.19). */
export function objectIdentifier(dotted: string): Uint8Array {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  return element(Tag.OBJECT_IDENTIFIER, Uint8Array.from([first! * 40 + second!, ...rest.flatMap(base128)]));
}

/** A moment before 2050, to the second: `YYMMDDHHMMSSZ` (RFC 5280 §4.1.2.5.1). */
export function utcTime(wallMs: number): Uint8Array {
  const text = new Date(wallMs).toISOString().replace(/\.\d+/, '').replaceAll(/[-:T]/g, '').slice(2);
  return element(Tag.UTC_TIME, Buffer.from(text));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) digits.unshift((rest & 0x7f) | 0x80);
  return digits;
}

function bigEndian(value: number): Uint8Array {
  const octets: number[] = [];
  for (let rest = value; rest > 0; rest >>>= 8) octets.unshift(rest & 0xff);
  return Uint8Array.from(octets);
}
