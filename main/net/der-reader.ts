/** One DER element (X.690 §8.1): a tag, and the octets inside it. */
export interface DerElement {
  /** The whole identifier octet: `0x30` for SEQUENCE. */
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag and length with the content. */
  readonly whole: Uint8Array;
}

/** What is not DER, or not what is expected in its place. */
export class DerError extends Error {}

/**
 * The elements that octets consist of, one after the other, to the last octet. Only what certificates hold is read: tags of
 * one octet, lengths of known form.
 * @throws DerError
 */
export function derElements(octets: Uint8Array): readonly DerElement[] {
  const elements: DerElement[] = [];
  for (let at = 0; at < octets.length;) {
    const tag = octets[at]!;
    const { length, start } = lengthAt(octets, at + 1);
    if ((tag & 0x1f) === 0x1f || start + length > octets.length) throw new DerError('no DER element');
    const end = start + length;
    elements.push({ tag, content: octets.subarray(start, end), whole: octets.subarray(at, end) });
    at = end;
  }
  return elements;
}

/**
 * The elements inside the one element that octets are, which must have this tag.
 * @throws DerError
 */
export function derInside(octets: Uint8Array, tag: number): readonly DerElement[] {
  const [only, ...others] = derElements(octets);
  if (only?.tag !== tag || others.length > 0) throw new DerError('another DER element is expected');
  return derElements(only.content);
}

function lengthAt(octets: Uint8Array, at: number): { readonly length: number; readonly start: number } {
  const first = octets[at];
  if (first === undefined) throw new DerError('cut off');
  if (first < 0x80) return { length: first, start: at + 1 };
  const count = first & 0x7f;
  const start = at + 1 + count;
  if (count === 0 || count > 3 || start > octets.length)
    throw new DerError('a length that DER does not have');
  const length = octets.subarray(at + 1, start).reduce((value, octet) => value * 256 + octet, 0);
  return { length, start };
}
