import { MAX_LOOKED_AT } from '../contract/view.ts';

/** The first of these, in order and each once, for which there is room. */
export function withinBudget(...keys: readonly Iterable<string>[]): ReadonlySet<string> {
  const within = new Set<string>();
  for (const some of keys) {
    for (const key of some) {
      if (within.size >= MAX_LOOKED_AT) return within;
      within.add(key);
    }
  }
  return within;
}
