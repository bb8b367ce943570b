import type { DigestRow } from '../../main/contract/digest.ts';

/** What happened, in numbers: `3 appeared, 1 left, 2 changed`. */
export function digestText({ appeared, left, changed }: DigestRow): string {
  const parts = [
    [appeared, 'appeared'],
    [left, 'left'],
    [changed, 'changed'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count.toLocaleString('en')} ${word}`)
    .join(', ');
}

/** How many a digest does not list, though it counts them. */
export function unlistedCount({ appeared, left, changed, items }: DigestRow): number {
  return appeared + left + changed - items.length;
}
