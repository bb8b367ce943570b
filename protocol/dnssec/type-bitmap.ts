import { ProtocolError } from '../errors.ts';
import type { ByteReader } from '../wire/reader.ts';

const MAX_WINDOW_OCTETS = 32;

/** The types that a name has, as NSEC and NSEC3 records list them: windows of bits (RFC 4034 §4.1.2, RFC 5155 §3.2.1). */
export class TypeBitmap {
  readonly #windows: ReadonlyMap<number, Uint8Array>;

  private constructor(windows: ReadonlyMap<number, Uint8Array>) {
    this.#windows = windows;
  }

  /** Reads the rest of an RDATA: `window u8 | length u8 | bits`, repeated, the windows in ascending order. */
  static read(reader: ByteReader): TypeBitmap {
    const windows = new Map<number, Uint8Array>();
    for (let after = -1; !reader.atEnd;) {
      const window = reader.u8();
      const length = reader.u8();
      if (window <= after)
        throw new ProtocolError('RFC 4034 §4.1.2', 'the windows of a type bitmap are out of order');
      if (length === 0 || length > MAX_WINDOW_OCTETS)
        throw new ProtocolError('RFC 4034 §4.1.2', `a window of a type bitmap has ${length} octets`);
      windows.set(window, reader.octets(length));
      after = window;
    }
    return new TypeBitmap(windows);
  }

  has(type: number): boolean {
    const octet = this.#windows.get(type >>> 8)?.[(type & 0xff) >>> 3] ?? 0;
    return (octet & (0x80 >>> (type & 7))) !== 0;
  }
}
