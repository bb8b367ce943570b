/**
 * Where a domain is asked for. `home.arpa`, `printers.corp` and the domains that a network suggests mean something on that
 * network only; asked of another one's resolvers they tell strangers where somebody comes from, and believe whoever answers.
 *
 * Pure: what is known of the domain and of the network comes in, whether to ask comes out.
 */
import { isOfLocalUse } from '../../protocol/dnssec/local-use.ts';
import type { Name } from '../../protocol/wire/name.ts';
import type { PlaceChoice } from '../contract/placing.ts';
import type { Whereabouts } from '../net/surroundings.ts';

/** What is kept of where a domain belongs. */
export interface DomainPlace {
  /** What a person chose; `default` leaves it to the rule. */
  readonly choice: PlaceChoice;
  /** Whether it was taken from what a network suggested. */
  readonly isSuggested: boolean;
  /** The marks of the networks that it was added on; empty until it has been seen on one. */
  readonly networks: readonly string[];
}

/** The place of a domain of which nothing is kept. */
export const NO_PLACE: DomainPlace = { choice: 'default', isSuggested: false, networks: [] };

/** A domain, as far as it matters where it is asked for. */
export interface PlacedDomain {
  readonly name: Name;
  /** Whether it is asked of a resolver that a person named for it, and not of the network's. */
  readonly hasOwnResolver: boolean;
  readonly place: DomainPlace;
}

/** What follows: it is asked for, and this network becomes its first if `joins` names it; or it is not. */
export type PlaceVerdict =
  { readonly kind: 'ask'; readonly joins: string | null } | { readonly kind: 'elsewhere' };

const ASK: PlaceVerdict = { kind: 'ask', joins: null };
const ELSEWHERE: PlaceVerdict = { kind: 'elsewhere' };

/** Whether a domain is asked for on its own networks only, where nobody has chosen: those that no public DNS holds, or a network named. */
export function belongsToNetworks({ name, hasOwnResolver, place }: PlacedDomain): boolean {
  if (hasOwnResolver) return false;
  return place.isSuggested || name.labelCount === 1 || isOfLocalUse(name);
}

/** Whether a domain is asked for on its own networks only. */
export function keepsToNetworks(domain: PlacedDomain): boolean {
  switch (domain.place.choice) {
    case 'anywhere':
      return false;
    case 'own-networks':
      return true;
    case 'default':
      return belongsToNetworks(domain);
  }
}

/** Decides whether a domain is asked for where the machine is; `keepsApart` is the setting for all domains. */
export function whereToAsk(domain: PlacedDomain, now: Whereabouts, keepsApart: boolean): PlaceVerdict {
  if (!keepsApart || !keepsToNetworks(domain) || now.kind === 'nowhere') return ASK;
  const { networks } = domain.place;
  const isNew = networks.length === 0;
  // Resolvers that are there for this domain show by that that they know it, whatever network they are reached over.
  const route = domain.hasOwnResolver ? undefined : deepestAround(domain.name, now.routes);
  if (route !== undefined) return { kind: 'ask', joins: isNew ? route.mark : null };
  if (now.kind === 'unsure') return isNew ? ASK : ELSEWHERE;
  if (isNew) return { kind: 'ask', joins: now.mark };
  return networks.includes(now.mark) ? ASK : ELSEWHERE;
}

type Routes = Exclude<Whereabouts, { kind: 'nowhere' }>['routes'];

function deepestAround(name: Name, routes: Routes): Routes[number] | undefined {
  const around = routes.filter(({ domain }) => name.isWithin(domain));
  return around.toSorted((a, b) => b.domain.labelCount - a.domain.labelCount)[0];
}
