/**
 * So many services of a domain have their details asked for at most: more than screens hold, and with SRV, TXT and the two kinds
 * of address some 1,000 subscriptions, which a server's other clients do not notice (RFC 8765 §3).
 */
export const MAX_LOOKED_AT = 256;

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
