import { Name } from './name.ts';

/** A power of two: the places of a memory, of which a name has one. */
const PLACES = 1 << 14;
/** Octets of the rest that tell names apart which begin with the same labels: `_ipp` from `_ipps`. */
const TELLING_OCTETS = 8;
/** To be copied: making every place anew takes two milliseconds, which a session in its beginning has better use for. */
const NOTHING: readonly (Name | undefined)[] = Array.from({ length: PLACES });

/**
 * Remembers names from one message to the next, because those of a session are nearly always the same: a name that is
 * known is not made again, nor is its key. It forgets a name as soon as another takes its place, and so never grows.
 */
export class NameMemory {
  readonly #names = NOTHING.slice();

  /** The name with the labels that stand in `octets` from `start` to `end`, and `rest` behind them: 255 octets at most in all. */
  name(octets: Uint8Array, start: number, end: number, rest: Name): Name {
    const place = placeOf(octets, start, end, rest.wire);
    const known = this.#names[place];
    if (known !== undefined && isMadeOf(known.wire, octets, start, end, rest.wire)) return known;
    const name = joinedName(octets, start, end, rest);
    this.#names[place] = name;
    return name;
  }
}

/** The name with the labels that stand in `octets` from `start` to `end`, and `rest` behind them, in memory of its own. */
export function joinedName(octets: Uint8Array, start: number, end: number, rest: Name): Name {
  const length = end - start;
  const wire = new Uint8Array(length + rest.wire.length);
  // They are few as a rule: a view of them to copy from would cost more.
  for (let at = 0; at < length; at++) wire[at] = octets[start + at]!;
  wire.set(rest.wire, length);
  return Name.ofWire(wire);
}

/** FNV-1a, folded to a place. */
function placeOf(octets: Uint8Array, start: number, end: number, rest: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ octets[at]!, 0x01000193);
  const telling = Math.min(rest.length, TELLING_OCTETS);
  for (let at = 0; at < telling; at++) hash = Math.imul(hash ^ rest[at]!, 0x01000193);
  return (hash ^ (hash >>> 15)) & (PLACES - 1);
}

function isMadeOf(
  wire: Uint8Array,
  octets: Uint8Array,
  start: number,
  end: number,
  rest: Uint8Array,
): boolean {
  const length = end - start;
  if (wire.length !== length + rest.length) return false;
  for (let at = 0; at < length; at++) if (wire[at] !== octets[start + at]) return false;
  for (let at = 0; at < rest.length; at++) if (wire[length + at] !== rest[at]) return false;
  return true;
}
