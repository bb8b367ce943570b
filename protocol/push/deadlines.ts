/**
 * Who is due when, in the caller's milliseconds. Setting and taking back cost the same however many wait: items share a
 * bucket per instant, because a lost session sets thousands of them to few instants, and the instants lie in a binary heap.
 */
export class Deadlines<Item> {
  readonly #buckets = new Map<number, Set<Item>>();
  /** Every instant that has a bucket, as a heap: none is later than the two at twice its index plus one and plus two. */
  readonly #heap: number[] = [];

  /** When the first item is due; `Infinity` while none waits. */
  get nextMs(): number {
    return this.#heap[0] ?? Infinity;
  }

  /** Makes `item` due at `atMs`. It may be due at other instants as well. */
  set(item: Item, atMs: number): void {
    const bucket = this.#buckets.get(atMs);
    if (bucket !== undefined) {
      bucket.add(item);
      return;
    }
    this.#buckets.set(atMs, new Set([item]));
    this.#push(atMs);
  }

  /** Takes back that `item` is due at `atMs`, if it is. */
  delete(item: Item, atMs: number): void {
    this.#buckets.get(atMs)?.delete(item);
    // An emptied bucket inside the heap stays until it comes to the top, where it must not be taken for a deadline.
    while (this.#buckets.get(this.nextMs)?.size === 0) this.#pop();
  }

  /** Takes out all that is due by `nowMs`, earliest first. */
  take(nowMs: number): readonly Item[] {
    const items: Item[] = [];
    while (this.nextMs <= nowMs) {
      for (const item of this.#buckets.get(this.nextMs)!) items.push(item);
      this.#pop();
    }
    while (this.#buckets.get(this.nextMs)?.size === 0) this.#pop();
    return items;
  }

  #push(atMs: number): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(atMs);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent]! <= atMs) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = atMs;
  }

  #pop(): void {
    const heap = this.#heap;
    this.#buckets.delete(heap[0]!);
    const moved = heap.pop()!;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      if (left >= heap.length) break;
      const least = right < heap.length && heap[right]! < heap[left]! ? right : left;
      if (heap[least]! >= moved) break;
      heap[at] = heap[least]!;
      at = least;
    }
    heap[at] = moved;
  }
}
