import type { Name } from './name.ts';

/** A pointer has 14 bits (RFC 1035 §4.1.4). */
const MAX_POINTER = 0x3fff;

/** Writes a DNS message from front to back. Integers are big-endian (RFC 1035 §2.3.2). */
export class ByteWriter {
  #bytes: Uint8Array;
  #length = 0;
  /** Offsets of the names written so far, by their exact octets: a pointer must not change a name's case. */
  readonly #offsets = new Map<string, number>();

  /** Room for `capacity` octets; it grows. What most messages need is little, and little is made fast. */
  constructor(capacity = 64) {
    this.#bytes = new Uint8Array(capacity);
  }

  /** How many octets have been written. */
  get length(): number {
    return this.#length;
  }

  u8(value: number): void {
    // First the place, which may move the octets, and then the octets.
    const at = this.#advance(1);
    this.#bytes[at] = value;
  }

  u16(value: number): void {
    this.patchU16(this.#advance(2), value);
  }

  u32(value: number): void {
    this.u16(value >>> 16);
    this.u16(value & 0xffff);
  }

  octets(octets: Uint8Array): void {
    const at = this.#advance(octets.length);
    this.#bytes.set(octets, at);
  }

  /**
   * Writes a name. A compressed one ends in a pointer to the longest suffix that stands in the message already; an
   * uncompressed one may still be pointed at by later names.
   */
  name(name: Name, compress: boolean): void {
    const { wire, exact } = name;
    for (let at = 0; wire[at] !== 0; at += 1 + wire[at]!) {
      const suffix = exact.slice(at);
      const offset = this.#offsets.get(suffix);
      if (offset === undefined) {
        if (this.#length <= MAX_POINTER) this.#offsets.set(suffix, this.#length);
      } else if (compress) {
        this.u16(0xc000 | offset);
        return;
      }
      this.octets(wire.subarray(at, at + 1 + wire[at]!));
    }
    this.u8(0);
  }

  /** Overwrites the two octets at `at`, for a length that was not known before. */
  patchU16(at: number, value: number): void {
    this.#bytes[at] = value >>> 8;
    this.#bytes[at + 1] = value;
  }

  /** Takes back everything from `length` on, names remembered there included. */
  truncate(length: number): void {
    this.#length = length;
    for (const [suffix, offset] of this.#offsets) if (offset >= length) this.#offsets.delete(suffix);
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #advance(octets: number): number {
    const at = this.#length;
    this.#length += octets;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, at));
      this.#bytes = larger;
    }
    return at;
  }
}
