import { ProtocolError } from '../errors.ts';
import { MAX_NAME_OCTETS, Name } from './name.ts';
import type { NameMemory } from './name-memory.ts';
import { joinedName } from './name-memory.ts';

/** A name of 255 octets has at most 127 labels, so more pointers than that in one name lead nowhere new. */
const MAX_POINTERS = 127;
const HEADER_OCTETS = 12;

/**
 * Reads a DNS message from front to back, never past the end of its window, and fails with a `ProtocolError` at the
 * first octet that is not there. Integers are big-endian (RFC 1035 §2.3.2).
 */
export class ByteReader {
  /** The whole message: compression pointers count from its first octet, whatever the window (RFC 1035 §4.1.4). */
  readonly bytes: Uint8Array;
  readonly #end: number;
  /** Names of other messages. */
  readonly #memory: NameMemory | undefined;
  /** Names met so far by the offset they start at; most names of a message are pointers to a few. */
  #names: Map<number, Name> | undefined;
  #position: number;

  /** `memory` is of the session that the message belongs to; `names` of the reader that this one is a window of. */
  constructor(
    bytes: Uint8Array,
    start = 0,
    end = bytes.length,
    memory?: NameMemory,
    names?: Map<number, Name>,
  ) {
    this.bytes = bytes;
    this.#position = start;
    this.#end = end;
    this.#memory = memory;
    this.#names = names;
  }

  /** The octet to be read next, counted from the message's first. */
  get position(): number {
    return this.#position;
  }

  get bytesLeft(): number {
    return this.#end - this.#position;
  }

  get atEnd(): boolean {
    return this.#position === this.#end;
  }

  u8(): number {
    return this.bytes[this.#advance(1)]!;
  }

  u16(): number {
    const at = this.#advance(2);
    return (this.bytes[at]! << 8) | this.bytes[at + 1]!;
  }

  u32(): number {
    const at = this.#advance(4);
    const bytes = this.bytes;
    return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
  }

  /** The next `length` octets, as a view of the message. */
  octets(length: number): Uint8Array {
    const at = this.#advance(length);
    const { buffer, byteOffset } = this.bytes;
    return new Uint8Array(buffer, byteOffset + at, length);
  }

  /** Passes over the next `length` octets. */
  skip(length: number): void {
    this.#advance(length);
  }

  /** A reader of exactly the next `length` octets; this one goes on behind them. */
  window(length: number): ByteReader {
    const at = this.#advance(length);
    this.#names ??= new Map();
    return new ByteReader(this.bytes, at, at + length, this.#memory, this.#names);
  }

  /** Fails unless everything was read: what declares a length must fill it. */
  expectEnd(what: string): void {
    if (!this.atEnd)
      throw new ProtocolError(
        'RFC 1035 §4.1',
        `${what} has ${this.bytesLeft} octets too many`,
        this.#position,
      );
  }

  /**
   * Reads a name, following compression pointers. Every pointer must lead to an octet before all those of the name that
   * were read so far, so decoding always ends (RFC 1035 §4.1.4: "a prior occurrence").
   */
  name(): Name {
    const start = this.#position;
    const end = this.#endOfLabels(start, this.#end);
    this.#position = this.bytes[end] === 0 ? end + 1 : end + 2;
    return this.#nameOf(start, end, 0);
  }

  /** Where the labels from `start` on end: at the root's octet or a pointer. All of it lies before `limit`. */
  #endOfLabels(start: number, limit: number): number {
    const bytes = this.bytes;
    for (let at = start; ;) {
      if (at >= limit) throw new ProtocolError('RFC 1035 §4.1.4', 'a name runs past its end', at);
      const length = bytes[at]!;
      if (length === 0) return at;
      if (length >= 0xc0) {
        if (at + 2 > limit) throw new ProtocolError('RFC 1035 §4.1.4', 'a pointer runs past its end', at);
        return at;
      }
      if (length >= 0x40)
        throw new ProtocolError('RFC 1035 §4.1.4', `label type 0x${length.toString(16)} is reserved`, at);
      if (at + 1 + length > limit)
        throw new ProtocolError('RFC 1035 §4.1.4', 'a label runs past its end', at);
      at += 1 + length;
    }
  }

  /** The name that begins with the labels from `start` to `end`, to which so many pointers have led. */
  #nameOf(start: number, end: number, pointers: number): Name {
    const rest = this.bytes[end] === 0 ? Name.root : this.#nameAtPointer(end, start, pointers);
    if (start === end) {
      // Pointers to pointers are no honest server's: each of a chain is followed once, however many names begin with it.
      if (pointers > 0) this.#remember(start, rest);
      return rest;
    }
    if (end - start + rest.wire.length > MAX_NAME_OCTETS)
      throw new ProtocolError('RFC 1035 §2.3.4', 'a name has more than 255 octets', start);
    const memory = this.#memory;
    const name =
      memory === undefined
        ? joinedName(this.bytes, start, end, rest)
        : memory.name(this.bytes, start, end, rest);
    this.#remember(start, name);
    return name;
  }

  /** Only for what may be pointed at: behind the one name that ends an RDATA by itself there is nothing. */
  #remember(start: number, name: Name): void {
    if (this.#names === undefined && this.atEnd) return;
    this.#names ??= new Map();
    this.#names.set(start, name);
  }

  /** The name that the pointer at `at` leads to, which begins and ends its labels before `limit`. */
  #nameAtPointer(at: number, limit: number, pointers: number): Name {
    const target = ((this.bytes[at]! & 0x3f) << 8) | this.bytes[at + 1]!;
    if (target >= limit || target < HEADER_OCTETS || pointers === MAX_POINTERS) {
      throw new ProtocolError(
        'RFC 1035 §4.1.4',
        `a pointer to octet ${target} does not lead to an earlier name`,
        at,
      );
    }
    return this.#names?.get(target) ?? this.#nameOf(target, this.#endOfLabels(target, limit), pointers + 1);
  }

  #advance(length: number): number {
    const at = this.#position;
    if (at + length > this.#end) {
      throw new ProtocolError(
        'RFC 1035 §4.1',
        `${length} octets are declared and ${this.#end - at} are there`,
        at,
      );
    }
    this.#position = at + length;
    return at;
  }
}
