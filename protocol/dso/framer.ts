/** The longest message that the two-octet length can announce (RFC 1035 §4.2.2). */
export const MAX_MESSAGE_OCTETS = 0xffff;

/**
 * Cuts a stream into messages: each is preceded by its length, two octets, big-endian (RFC 1035 §4.2.2). The stream may be
 * cut anywhere, inside the length too (RFC 7766 §8).
 */
export class Framer {
  /** What has come of the message under way, its length included. */
  #partial: Uint8Array = new Uint8Array();

  /**
   * Yields each message that `chunk` completes, without its length. A message that lies in one chunk is a view of it, so
   * the caller must not write to a chunk again.
   */
  *receive(chunk: Uint8Array): Generator<Uint8Array, void, undefined> {
    const stream = this.#partial.length === 0 ? chunk : joined(this.#partial, chunk);
    let at = 0;
    for (let end = endOfMessage(stream, at); end <= stream.length; end = endOfMessage(stream, at)) {
      const message = stream.subarray(at + 2, end);
      at = end;
      this.#partial = stream.subarray(at);
      yield message;
    }
    this.#partial = new Uint8Array(stream.subarray(at)); // a copy: a Buffer's slice would keep the chunk
  }

  /** What has come of a message that is not complete, its length included: not empty when a stream that ended was cut short. */
  get partial(): Uint8Array {
    return this.#partial;
  }
}

/** The message with its length in front, in one piece, so that both leave in one write (RFC 7766 §8). */
export function framed(message: Uint8Array): Uint8Array {
  if (message.length > MAX_MESSAGE_OCTETS)
    throw new RangeError(`a message of ${message.length} octets cannot be framed`);
  const bytes = new Uint8Array(message.length + 2);
  bytes[0] = message.length >>> 8;
  bytes[1] = message.length;
  bytes.set(message, 2);
  return bytes;
}

/** Infinity while the length itself is not complete. */
function endOfMessage(stream: Uint8Array, at: number): number {
  return at + 2 > stream.length ? Infinity : at + 2 + ((stream[at]! << 8) | stream[at + 1]!);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}
