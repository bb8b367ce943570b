import { readdirSync, readFileSync } from 'node:fs';
import { ByteReader } from '../wire/reader.ts';
import { octetsOfHex } from '../wire/text.ts';

/** A message that somebody else made, or that was typed from a specification, and what it must be read as. */
export interface Vector {
  /** `push-add.hex`: the file, with the folder of its capture in front. */
  readonly title: string;
  /** The transcript line, with its side. */
  readonly line: string;
  /** Why these are not the octets that this project writes for the line; undefined when they are. */
  readonly difference: string | undefined;
  /** With the two octets of length in front. */
  readonly framed: Uint8Array;
  /** Without. */
  readonly message: Uint8Array;
}

/** Octets in hexadecimal digits, white space anywhere, `#` and what follows it on a line a comment. */
export function readHex(text: string): Uint8Array {
  const octets = octetsOfHex(text.replace(/#.*$/gm, '').replace(/\s+/g, ''));
  if (octets === undefined) throw new TypeError('not pairs of hexadecimal digits');
  return octets;
}

/**
 * Reads the file of a vector: a comment `#> LINE`, a comment `#! WHY` where this project's octets would be others, and the
 * octets of one message, framed. Other comments say more of it; the file must begin with `# Source: `.
 */
export function readVector(text: string, file: string): Vector {
  if (!text.startsWith('# Source: ')) throw new TypeError(`${file} does not say where it comes from`);
  const comment = (sign: string): string | undefined => new RegExp(`^#${sign} (.*)$`, 'm').exec(text)?.[1];
  const line = comment('>');
  if (line === undefined) throw new TypeError(`${file} has no line "#> …"`);
  const framed = readHex(text);
  if (new ByteReader(framed).u16() !== framed.length - 2) throw new TypeError(`${file} is not one message`);
  return { title: file, line, difference: comment('!'), framed, message: framed.subarray(2) };
}

/** All vectors of the project, or those of the files whose names start so: each message a file, each capture a folder. */
export function loadVectors(prefix = ''): readonly Vector[] {
  const folder = new URL('vectors/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.startsWith(prefix) && file.endsWith('.hex'));
  return files.toSorted().map((file) => readVector(readFileSync(new URL(file, folder), 'utf8'), file));
}
