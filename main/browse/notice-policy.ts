/** What is gathered for this long is told together, in milliseconds. */
export const GATHER_MS = 3_000;
/** Within this no more than `MAX_SINGLES` notices are of single things, and one more of all the rest. */
export const SPELL_MS = 60_000;
export const MAX_SINGLES = 3;

/** Something that a person wants to hear of. */
export interface NoticeItem {
  /** The id of the service's row, and that of its domain's. */
  readonly id: string;
  readonly domain: string;
  readonly event: 'appeared' | 'left';
  readonly instance: string;
  readonly typeName: string;
  /** The domain's name as shown. */
  readonly domainName: string;
}

/** What is to be told at once: one thing, or in numbers what would be too many. */
export type Notice =
  | { readonly kind: 'one'; readonly item: NoticeItem }
  | { readonly kind: 'digest'; readonly items: readonly NoticeItem[] };

/**
 * When to tell what, so that nobody is pestered: things are gathered for 3 s, and what is undone in that time is nothing.
 * Up to three things are told one by one; when there are more, or have been within a minute, the rest is told as one.
 */
export class NoticePolicy {
  /** What is to be told, by the id of the service. */
  readonly #waiting = new Map<string, NoticeItem>();
  /** When the last notices were, the oldest first. */
  #shownMs: readonly number[] = [];
  #dueMs: number | undefined;

  /** When `tick` has something to do, in the caller's milliseconds; undefined while nothing waits. */
  get deadlineMs(): number | undefined {
    return this.#waiting.size === 0 ? undefined : this.#dueMs;
  }

  /** Something happened. */
  take(item: NoticeItem, nowMs: number): void {
    const earlier = this.#waiting.get(item.id);
    if (earlier !== undefined && earlier.event !== item.event) {
      this.#waiting.delete(item.id);
      return;
    }
    if (this.#waiting.size === 0) this.#dueMs = nowMs + GATHER_MS;
    this.#waiting.set(item.id, item);
  }

  /** What is to be told now. */
  tick(nowMs: number): readonly Notice[] {
    const { deadlineMs } = this;
    if (deadlineMs === undefined || nowMs < deadlineMs) return [];
    this.#shownMs = this.#shownMs.filter((atMs) => atMs > nowMs - SPELL_MS);
    const [firstMs] = this.#shownMs;
    if (firstMs !== undefined && this.#shownMs.length > MAX_SINGLES) {
      this.#dueMs = firstMs + SPELL_MS;
      return [];
    }
    const items = [...this.#waiting.values()];
    const isFew = this.#shownMs.length + items.length <= MAX_SINGLES;
    const notices = isFew ? items.map((item): Notice => ({ kind: 'one', item })) : [digestOf(items)];
    this.#waiting.clear();
    this.#shownMs = [...this.#shownMs, ...notices.map(() => nowMs)];
    return notices;
  }

  /** What waits is not to be told any more. */
  clear(): void {
    this.#waiting.clear();
  }
}

function digestOf(items: readonly NoticeItem[]): Notice {
  const [first] = items;
  return first !== undefined && items.length === 1 ? { kind: 'one', item: first } : { kind: 'digest', items };
}
