import { startsLike } from './grouping.ts';
import type { Layout } from './layout.ts';

/**
 * The line that a key leads to from line `from`, `pageLines` being what fits on the screen; null when the key moves
 * nothing. Headings are stepped over.
 */
export function lineAfterKey(key: string, from: number, layout: Layout, pageLines: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return orStay(layout.serviceFrom(from + 1, 1), from, from + 1 >= layout.count);
    case 'ArrowUp':
      return orStay(layout.serviceFrom(from - 1, -1), from, from <= 0);
    case 'PageDown':
      return last(layout.serviceFrom(from + pageLines, 1), layout.serviceFrom(layout.count - 1, -1));
    case 'PageUp':
      return last(layout.serviceFrom(from - pageLines, -1), layout.serviceFrom(0, 1));
    case 'Home':
      return layout.serviceFrom(0, 1);
    case 'End':
      return layout.serviceFrom(layout.count - 1, -1);
    default:
      return null;
  }
}

function orStay(target: number, from: number, atEdge: boolean): number {
  return target === -1 || atEdge ? from : target;
}

function last(target: number, otherwise: number): number {
  return target === -1 ? otherwise : target;
}

/** Letters typed within this time of one another make one word. */
const WORD_MS = 800;

/** Finds the service whose name starts with what is typed. */
export class TypeAhead {
  #typed = '';
  #lastMs = -Infinity;

  /** Whether a word is under way, in which a space is a letter. */
  isTyping(nowMs: number): boolean {
    return nowMs - this.#lastMs < WORD_MS;
  }

  /** The line to go to after `letter`, looking from line `from` round to it again; null when no name starts so. */
  type(letter: string, nowMs: number, from: number, layout: Layout): number | null {
    const continues = this.isTyping(nowMs);
    this.#typed = continues ? this.#typed + letter : letter;
    this.#lastMs = nowMs;
    const first = continues ? from : from + 1; // a new word moves on, a longer one may stay
    for (let step = 0; step < layout.count; step += 1) {
      const index = (first + step) % layout.count;
      const line = layout.line(index);
      if (line?.kind === 'service' && startsLike(line.row.instance, this.#typed)) return index;
    }
    return null;
  }
}
