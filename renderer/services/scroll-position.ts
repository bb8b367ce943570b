/** Where a scrolling element stands, in CSS pixels, read when it moves and never while rendering. */
export class ScrollPosition {
  topPx = 0;
  heightPx = 0;
  #element: HTMLElement | null = null;
  readonly #listeners = new Set<() => void>();

  /** Follows `element`; the returned function ends that. */
  attach(element: HTMLElement): () => void {
    const read = (): void => this.#read();
    const observer = new ResizeObserver(read);
    this.#element = element;
    element.addEventListener('scroll', read, { passive: true });
    observer.observe(element);
    this.#read();
    return () => {
      element.removeEventListener('scroll', read);
      observer.disconnect();
      this.#element = null;
    };
  }

  /** Scrolls to `topPx`, as far as there is something to show. */
  moveTo(topPx: number): void {
    if (this.#element === null) return;
    this.#element.scrollTop = topPx;
    this.#read();
  }

  /** Calls `listener` after every move; the returned function ends that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #read(): void {
    if (this.#element === null) return;
    const { scrollTop, clientHeight } = this.#element;
    if (scrollTop === this.topPx && clientHeight === this.heightPx) return;
    this.topPx = scrollTop;
    this.heightPx = clientHeight;
    for (const listener of this.#listeners) listener();
  }
}
