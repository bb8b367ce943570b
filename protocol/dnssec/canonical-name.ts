import type { Name } from '../wire/name.ts';
import { FOLDED } from '../wire/text.ts';

/** The octets of a name as they are signed: uncompressed, A–Z as a–z (RFC 4034 §6.2). */
export function canonicalName(name: Name): Uint8Array {
  return name.wire.map((octet) => FOLDED[octet]!);
}

/**
 * The order of names in a zone (RFC 4034 §6.1): label by label from the right, octet by octet without regard to case, a
 * name before those below it. Negative, zero or positive, as for `sort`.
 */
export function compareNames(one: Name, other: Name): number {
  const oneStarts = labelStarts(one);
  const otherStarts = labelStarts(other);
  const shared = Math.min(oneStarts.length, otherStarts.length);
  for (let back = 1; back <= shared; back++) {
    const order = compareLabels(one.wire, oneStarts.at(-back)!, other.wire, otherStarts.at(-back)!);
    if (order !== 0) return order;
  }
  return oneStarts.length - otherStarts.length;
}

/** How many labels a name has as RRSIG records count them: without a `*` in front (RFC 4034 §3.1.3). */
export function signedLabels(name: Name): number {
  return name.labelCount - (isWildcard(name) ? 1 : 0);
}

/** Whether the leftmost label is `*` (RFC 4592 §2.1.1). */
export function isWildcard({ wire }: Name): boolean {
  return wire[0] === 1 && wire[1] === 0x2a;
}

/** The part that two names have in common, labels on the right. */
export function commonAncestor(one: Name, other: Name): Name {
  let ancestor = one;
  while (!other.isWithin(ancestor)) ancestor = ancestor.parent;
  return ancestor;
}

/** The ancestor of a name that has so many labels; the name itself when it has no more. */
export function ancestorOf(name: Name, labels: number): Name {
  return name.skip(Math.max(0, name.labelCount - labels));
}

/** Where each label begins, at its length octet. */
function labelStarts({ wire }: Name): readonly number[] {
  const starts: number[] = [];
  for (let at = 0; wire[at] !== 0; at += 1 + wire[at]!) starts.push(at);
  return starts;
}

function compareLabels(one: Uint8Array, oneAt: number, other: Uint8Array, otherAt: number): number {
  const oneLength = one[oneAt]!;
  const otherLength = other[otherAt]!;
  const shared = Math.min(oneLength, otherLength);
  for (let at = 1; at <= shared; at++) {
    const difference = FOLDED[one[oneAt + at]!]! - FOLDED[other[otherAt + at]!]!;
    if (difference !== 0) return difference;
  }
  return oneLength - otherLength;
}
