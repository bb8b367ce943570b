import { readdirSync, readFileSync } from 'node:fs';
import { octetsOfHex } from '../wire/text.ts';

/** A message that somebody else made, or that was typed from a specification, and what it must be read as. */
export interface Vector {
  /** `push-add.hex:4`: the file, and the line of the octets. */
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
 * Reads a file of vectors: for each a comment `#> LINE`, a comment `#! WHY` where this project's octets would be others, and
 * the octets, framed. Other comments say where it comes from; the file must begin with `# Source: `.
 */
export function readVectors(text: string, file: string): readonly Vector[] {
  if (!text.startsWith('# Source: ')) throw new TypeError(`${file} does not say where it comes from`);
  const vectors: Vector[] = [];
  let line: string | undefined;
  let difference: string | undefined;
  let octets = '';
  const finish = (at: number): void => {
    if (octets === '') return;
    const framed = readHex(octets);
    if (line === undefined) throw new TypeError(`${file}:${at} has no line "#> …" before its octets`);
    vectors.push({ title: `${file}:${at}`, line, difference, framed, message: framed.subarray(2) });
    [line, difference, octets] = [undefined, undefined, ''];
  };
  const lines = text.split('\n');
  for (const [at, content] of lines.entries()) {
    if (content.startsWith('#') || content.trim() === '') finish(at);
    if (content.startsWith('#> ')) line = content.slice(3);
    else if (content.startsWith('#! ')) difference = content.slice(3);
    else if (!content.startsWith('#')) octets += content;
  }
  finish(lines.length);
  return vectors;
}

/** All vectors of the project, or those of the files whose names start so. */
export function loadVectors(prefix = ''): readonly Vector[] {
  const folder = new URL('vectors/', import.meta.url);
  const files = readdirSync(folder).filter((file) => file.startsWith(prefix) && file.endsWith('.hex'));
  return files.flatMap((file) => readVectors(readFileSync(new URL(file, folder), 'utf8'), file));
}
