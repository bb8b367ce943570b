import type { Name } from '../wire/name.ts';
import { spokenName } from './spoken-name.ts';

/**
 * What DNSSEC says of an answer (RFC 4033 §5). `secure`: it is what the zone's owner wrote, by signatures up to a trust
 * anchor. `insecure`: it provably lies in a part of DNS that is not signed, or not in a way that is understood. `bogus`: it
 * should be signed and is not, or not rightly. `indeterminate`: that could not be found out, or nobody tried. A reason is
 * a sentence for people.
 */
export type Security =
  /** `by` the resolver: it says so, and the way to it is one that nobody else can write to. Else it was checked here. */
  | { readonly kind: 'secure'; readonly by?: 'resolver' }
  | { readonly kind: 'insecure' | 'bogus' | 'indeterminate'; readonly reason: string };

/** What is known of an answer whose signatures nobody looked at. */
export const UNCHECKED: Security = {
  kind: 'indeterminate',
  reason: 'The signatures of this answer were not checked.',
};

/** From the best to the worst that a chain of answers can come to. */
const ORDER = ['checked', 'secure', 'insecure', 'indeterminate', 'bogus'] as const;

/** What answers come to that rest on one another, such as those along a chain of aliases: the weakest of them (RFC 7671 §7). */
export function weakest(first: Security, ...others: readonly Security[]): Security {
  return others.reduce((weak, other) => (rankOf(other) > rankOf(weak) ? other : weak), first);
}

function rankOf(security: Security): number {
  const isChecked = security.kind === 'secure' && security.by === undefined;
  return ORDER.indexOf(isChecked ? 'checked' : security.kind);
}

/** What happened where the answers about a name are bogus, what it means and what to do; `why` is the sentence of the check. */
export function bogusReason(name: Name, why: string): string {
  return (
    `The signatures of the answers about ${spokenName(name)} do not check out: they were altered on the way, or the ` +
    `domain is set up wrong. ${why} Nothing of them is believed. Ask who runs the domain.`
  );
}
