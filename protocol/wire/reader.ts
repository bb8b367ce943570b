import { ProtocolError } from '../errors.ts';
import { MAX_NAME_OCTETS, Name } from './name.ts';

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
  /** Names met so far by the offset they start at; most names of a message are pointers to a few. */
  readonly #names: Map<number, Name>;
  #position: number;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length, names = new Map<number, Name>()) {
    this.bytes = bytes;
    this.#position = start;
    this.#end = end;
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
    return this.bytes.subarray(at, at + length);
  }

  /** A reader of exactly the next `length` octets; this one goes on behind them. */
  window(length: number): ByteReader {
    const at = this.#advance(length);
    return new ByteReader(this.bytes, at, at + length, this.#names);
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
    const known = this.#names.get(start);
    const pieces: Uint8Array[] = [];
    const targets: { readonly offset: number; readonly prefixOctets: number }[] = [];
    let octets = 0; // of the pieces, without the root's
    let at = start;
    let limit = this.#end;
    let earliest = start;
    let tail: Uint8Array | undefined;
    let next: number | undefined; // behind the name's own octets
    while (tail === undefined) {
      if (at >= limit) throw new ProtocolError('RFC 1035 §4.1.4', 'a name runs past its end', at);
      const length = this.bytes[at]!;
      if (length === 0) {
        next ??= at + 1;
        tail = Name.root.wire;
      } else if (length < 0x40) {
        const end = at + 1 + length;
        if (end > limit) throw new ProtocolError('RFC 1035 §4.1.4', 'a label runs past its end', at);
        pieces.push(this.bytes.subarray(at, end));
        octets += 1 + length;
        if (octets >= MAX_NAME_OCTETS)
          throw new ProtocolError('RFC 1035 §2.3.4', 'a name has more than 255 octets', start);
        at = end;
      } else if (length >= 0xc0) {
        if (at + 2 > limit) throw new ProtocolError('RFC 1035 §4.1.4', 'a pointer runs past its end', at);
        next ??= at + 2;
        const target = ((length & 0x3f) << 8) | this.bytes[at + 1]!;
        if (target >= earliest || target < HEADER_OCTETS || targets.length === MAX_POINTERS) {
          throw new ProtocolError(
            'RFC 1035 §4.1.4',
            `a pointer to octet ${target} does not lead to an earlier name`,
            at,
          );
        }
        limit = earliest;
        earliest = target;
        at = target;
        tail = this.#names.get(target)?.wire;
        targets.push({ offset: target, prefixOctets: octets });
      } else {
        throw new ProtocolError('RFC 1035 §4.1.4', `label type 0x${length.toString(16)} is reserved`, at);
      }
    }
    this.#position = next!;
    return known ?? this.#remember(start, pieces, octets, tail, targets);
  }

  #remember(
    start: number,
    pieces: readonly Uint8Array[],
    octets: number,
    tail: Uint8Array,
    targets: readonly { readonly offset: number; readonly prefixOctets: number }[],
  ): Name {
    if (octets + tail.length > MAX_NAME_OCTETS) {
      throw new ProtocolError('RFC 1035 §2.3.4', 'a name has more than 255 octets', start);
    }
    const wire = new Uint8Array(octets + tail.length);
    let at = 0;
    for (const piece of pieces) {
      wire.set(piece, at);
      at += piece.length;
    }
    wire.set(tail, at);
    for (const { offset, prefixOctets } of targets) {
      if (!this.#names.has(offset)) this.#names.set(offset, Name.ofWire(wire.subarray(prefixOctets)));
    }
    const name =
      octets === 0 && targets.length > 0 ? this.#names.get(targets[0]!.offset)! : Name.ofWire(wire);
    this.#names.set(start, name);
    return name;
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
