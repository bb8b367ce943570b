import type { Random } from './random.ts';
import { joined, without } from './trial.ts';

/** Longer inputs say nothing more and take their time. */
const MAX_OCTETS = 4096;
/** Octets at which something begins or ends: lengths of labels, pointers, counts. */
const ODD_OCTETS = [0x00, 0x01, 0x04, 0x0b, 0x10, 0x29, 0x3f, 0x40, 0x7f, 0x80, 0xbf, 0xc0, 0xfe, 0xff];
/** The same for two octets: DSO-TYPEs, TYPEs, CLASSes, lengths. */
const ODD_U16 = [
  0, 1, 2, 3, 4, 6, 8, 11, 12, 16, 28, 33, 41, 63, 64, 65, 66, 67, 127, 250, 254, 255, 256, 511, 0x2fff,
  0x3fff, 0x4000, 0x7fff, 0x8000, 0xc00c, 0xc010, 0xf800, 0xfffe, 0xffff,
];
/** The same for four: times, and the TTLs that PUSH gives a meaning. */
const ODD_U32 = [0, 1, 9_999, 10_000, 15_000, 0x7fffffff, 0x80000000, 0xfffffffd, 0xfffffffe, 0xffffffff];

type Edit = (octets: Uint8Array, random: Random, others: readonly Uint8Array[]) => Uint8Array;

const EDITS: readonly Edit[] = [
  // A bit flipped.
  (octets, random) => changed(octets, random, 1, (at, copy) => (copy[at]! ^= 1 << random.below(8))),
  // An octet of any value, or of an odd one.
  (octets, random) => changed(octets, random, 1, (at, copy) => (copy[at] = random.u32())),
  (octets, random) => changed(octets, random, 1, (at, copy) => (copy[at] = random.pick(ODD_OCTETS))),
  // Two and four octets of an odd value.
  (octets, random) => changed(octets, random, 2, (at, copy) => setU16(copy, at, random.pick(ODD_U16))),
  (octets, random) => {
    const value = random.pick(ODD_U32);
    return changed(octets, random, 4, (at, copy) => {
      setU16(copy, at, value >>> 16);
      setU16(copy, at + 2, value & 0xffff);
    });
  },
  // A length that is a little more or less than it should be, or that fits to the end.
  (octets, random) =>
    changed(octets, random, 2, (at, copy) => {
      const value = (copy[at]! << 8) | copy[at + 1]!;
      setU16(copy, at, random.oneIn(3) ? copy.length - at - 2 : value + random.below(9) - 4);
    }),
  // A compression pointer to somewhere.
  (octets, random) =>
    changed(octets, random, 2, (at, copy) => setU16(copy, at, 0xc000 | random.below(copy.length + 4))),
  // Octets more, less, and twice.
  (octets, random) => inserted(octets, random.below(octets.length + 1), random.octets(1 + random.below(6))),
  (octets, random) => without(octets, random.below(octets.length + 1), 1 + random.below(6)),
  (octets, random) => without(octets, random.below(octets.length + 1), octets.length),
  (octets, random) => {
    const at = random.below(octets.length + 1);
    return inserted(octets, at, octets.subarray(at, at + 1 + random.below(64)));
  },
  // The end, or a part, of something else.
  (octets, random, others) => {
    const other = random.pick(others);
    const at = random.below(octets.length + 1);
    return joined(octets.subarray(0, at), other.subarray(random.below(other.length + 1)));
  },
  (octets, random, others) => {
    const other = random.pick(others);
    const from = random.below(other.length + 1);
    const part = other.subarray(from, from + 1 + random.below(32));
    return inserted(octets, random.below(octets.length + 1), part);
  },
];

/** Octets as a broken or hostile sender could have made them of others: one edit, or a few. */
export function mutant(octets: Uint8Array, random: Random, others: readonly Uint8Array[]): Uint8Array {
  let result = octets;
  do result = random.pick(EDITS)(result, random, others);
  while (!random.oneIn(3));
  return result.length > MAX_OCTETS ? result.slice(0, MAX_OCTETS) : result;
}

/** A copy in which `size` octets somewhere were written anew; too short a one stays as it is. */
function changed(
  octets: Uint8Array,
  random: Random,
  size: number,
  write: (at: number, copy: Uint8Array) => void,
): Uint8Array {
  const places = octets.length - size + 1;
  if (places < 1) return octets;
  const copy = octets.slice();
  write(random.below(places), copy);
  return copy;
}

function setU16(octets: Uint8Array, at: number, value: number): void {
  octets[at] = value >>> 8;
  octets[at + 1] = value;
}

function inserted(octets: Uint8Array, at: number, more: Uint8Array): Uint8Array {
  return joined(octets.subarray(0, at), more, octets.subarray(at));
}
