/** How long a freed MESSAGE ID rests, so that a late message about its old use cannot be taken for one about its new use. */
export const REST_MS = 60_000;
const MAX_ID = 0xffff;

/**
 * Hands out the MESSAGE IDs of one end of a session: never zero, never one in use (RFC 8490 §5.4.1), in ascending order,
 * and none within 60 s of its release.
 */
export class MessageIds {
  readonly #inUse = new Set<number>();
  /** When each released ID may be used again, in order of release. */
  readonly #resting = new Map<number, number>();
  #last = 0;

  /** The next ID, in use from now on; undefined when all 65,535 are in use or resting. */
  take(nowMs: number): number | undefined {
    this.#wake(nowMs);
    if (this.#inUse.size + this.#resting.size >= MAX_ID) return undefined;
    do this.#last = (this.#last % MAX_ID) + 1;
    while (this.#inUse.has(this.#last) || this.#resting.has(this.#last));
    this.#inUse.add(this.#last);
    return this.#last;
  }

  /** The operation that the ID named is over. */
  release(id: number, nowMs: number): void {
    if (this.#inUse.delete(id)) this.#resting.set(id, nowMs + REST_MS);
  }

  /** Whether the ID was released less than 60 s ago. */
  isResting(id: number, nowMs: number): boolean {
    this.#wake(nowMs);
    return this.#resting.has(id);
  }

  #wake(nowMs: number): void {
    for (const [id, untilMs] of this.#resting) {
      if (untilMs > nowMs) return;
      this.#resting.delete(id);
    }
  }
}
