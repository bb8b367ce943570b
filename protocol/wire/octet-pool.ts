/** What a shared buffer holds: enough for some hundred records, and not much to keep alive for the last of them. */
const SHARED_OCTETS = 8192;
/** From here on a buffer of its own is worth its price. */
const MIN_LARGE_OCTETS = SHARED_OCTETS / 4;

/**
 * Copies octets that are to outlive the message they came in. All but long ones share buffers, because making a buffer
 * takes ten times as long as copying into one; so does taking a view of a small array that has none of its own yet.
 */
export class OctetPool {
  #shared = new Uint8Array();
  #used = 0;

  /** The same octets, holding nothing of where they came from. */
  copy(octets: Uint8Array): Uint8Array {
    const { length } = octets;
    if (length >= MIN_LARGE_OCTETS) return new Uint8Array(octets);
    if (this.#used + length > this.#shared.length) {
      this.#shared = new Uint8Array(SHARED_OCTETS);
      this.#used = 0;
    }
    const copy = this.#shared.subarray(this.#used, this.#used + length);
    copy.set(octets);
    this.#used += length;
    return copy;
  }
}
