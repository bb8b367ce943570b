import type { View } from '../../main/contract/view.ts';

/** A view that changes on and on, as while scrolling, is told when it has rested for this long, in milliseconds, */
const REST_MS = 120;
/** and this often in any case. */
const LONGEST_MS = 600;

/** What a teller needs of the world. */
export interface TellerParts {
  readonly tell: (view: View) => void;
  /** A clock that never runs backwards, in milliseconds. */
  readonly nowMs: () => number;
  /** Calls `action` after so many milliseconds; the returned function calls that off. */
  readonly after: (ms: number, action: () => void) => () => void;
}

const NOTHING: View = { rows: [], details: null, needed: [] };

/**
 * Tells the main process what this window looks at: at once when it looks elsewhere after a rest, or at something after nothing,
 * and with pauses while that goes on and on, so that nothing is asked for that only flew past.
 */
export class ViewTeller {
  readonly #parts: TellerParts;
  #view = NOTHING;
  #told: View | null = null;
  #toldMs = -Infinity;
  #cancelTimer: () => void = () => undefined;

  constructor(parts: TellerParts) {
    this.#parts = parts;
  }

  /** The window looks at this now, and at the rest as before. */
  see(part: Partial<View>): void {
    const view = { ...this.#view, ...part };
    if (isSame(view, this.#view) && this.#told !== null) return;
    this.#view = view;
    const nowMs = this.#parts.nowMs();
    const isRested = nowMs >= this.#toldMs + LONGEST_MS || this.#told?.rows.length === 0;
    this.#cancelTimer();
    this.#cancelTimer = this.#parts.after(isRested ? 0 : REST_MS, () => this.#tell());
  }

  /** Ends it. */
  close(): void {
    this.#cancelTimer();
  }

  #tell(): void {
    if (this.#told !== null && isSame(this.#view, this.#told)) return;
    this.#told = this.#view;
    this.#toldMs = this.#parts.nowMs();
    this.#parts.tell(this.#view);
  }
}

function isSame(one: View, other: View): boolean {
  return (
    one.details === other.details && isSameList(one.rows, other.rows) && isSameList(one.needed, other.needed)
  );
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one === other || (one.length === other.length && one.every((id, at) => id === other[at]));
}
