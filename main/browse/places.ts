import type { Name } from '../../protocol/wire/name.ts';
import type { Surroundings, Whereabouts } from '../net/surroundings.ts';
import type { DomainPlace, PlacedDomain, PlaceVerdict } from './place-rule.ts';
import { keepsToNetworks, whereToAsk } from './place-rule.ts';

/** Whether one domain may be asked for. */
export interface PlaceGate {
  /** Why not, as a sentence for people, as far as the network was looked at; null when it may be, and before the first look. */
  readonly closedFor: string | null;
  /** The same, by the network as it is now. */
  look(): Promise<string | null>;
  /** Makes the network one of the domain's where a person or the network itself wants that. */
  settle(): void;
  /** The network's resolvers know this name: the network becomes the domain's first, if the name lies in it and it has none. */
  knows(name: Name): void;
  /** A person wants the domain asked for here as well: the network becomes one of the domain's. */
  invite(): void;
}

/** A domain that is watched. */
export interface GatedDomain {
  /** The id of its row, and its name as shown. */
  readonly id: string;
  readonly text: string;
  /** The domain itself, without a service type. */
  readonly name: Name;
  readonly hasOwnResolver: boolean;
}

/** Where what is known of places is kept. */
export interface PlaceBook {
  /** Whether domains are kept from other networks at all. */
  readonly keepsApart: boolean;
  placeOf(id: string): DomainPlace;
  /** Keeps that a domain is of the network with this mark. */
  join(id: string, mark: string): void;
}

/** What this is made of. */
export interface PlacesParts {
  readonly book: PlaceBook;
  readonly surroundings: Pick<Surroundings, 'look'>;
  /** Told when the machine is somewhere else, before a gate answers for that; `before` is undefined the first time. */
  readonly moved: (before: Whereabouts | undefined) => void;
}

/** Keeps domains that belong to some networks from the resolvers of others. */
export class Places {
  readonly #parts: PlacesParts;
  /** Domains that a person wants asked for on a network that has not shown yet which it is. */
  readonly #invited = new Set<string>();
  #last: Whereabouts | undefined;

  constructor(parts: PlacesParts) {
    this.#parts = parts;
  }

  /** The gate of a domain. */
  gateOf(domain: GatedDomain): PlaceGate {
    const closedFor = (): string | null => this.#reason(domain);
    return {
      get closedFor() {
        return closedFor();
      },
      look: async () => {
        if (this.#parts.book.keepsApart && keepsToNetworks(this.#placed(domain))) await this.look();
        return closedFor();
      },
      settle: () => this.#settle(domain),
      knows: (name) => {
        if (name.isWithin(domain.name)) this.#join(domain);
      },
      invite: () => this.#invite(domain.id),
    };
  }

  /** Looks at the network as it is now, and tells when that is another one than the last time. It never rejects. */
  async look(): Promise<void> {
    const now = await this.#parts.surroundings.look();
    const before = this.#last;
    if (before !== undefined && isSame(before, now)) return;
    this.#last = now;
    if (now.kind === 'nowhere') this.#invited.clear();
    // A router that is silent for a moment is no reason to leave sessions, whose servers have shown who they are.
    if (now.kind !== 'unsure' || before === undefined) this.#parts.moved(before);
  }

  #invite(id: string): void {
    const now = this.#last;
    if (now?.kind === 'network') this.#parts.book.join(id, now.mark);
    else if (now?.kind === 'unsure') this.#invited.add(id);
  }

  /** A new domain that the network suggested is of it at once, and one that a person added only if it is found there. */
  #settle(domain: GatedDomain): void {
    const now = this.#last;
    const { book } = this.#parts;
    if (now?.kind === 'network' && this.#invited.delete(domain.id)) book.join(domain.id, now.mark);
    if (book.placeOf(domain.id).isSuggested) this.#join(domain);
  }

  /** Makes the network the domain's first, if it has none. */
  #join(domain: GatedDomain): void {
    const verdict = this.#last && this.#verdict(domain, this.#last);
    if (verdict?.kind === 'ask' && verdict.joins !== null) this.#parts.book.join(domain.id, verdict.joins);
  }

  #reason(domain: GatedDomain): string | null {
    const now = this.#last;
    if (now === undefined || this.#verdict(domain, now).kind === 'ask') return null;
    if (now.kind === 'unsure' && this.#invited.has(domain.id)) return null;
    if (now.kind === 'unsure')
      return `Not asked at the moment: this network has not shown yet whether it is one that ${domain.text} belongs to.`;
    return (
      `Not asked here: ${domain.text} belongs to another network. Back on that, it is asked for by itself. ` +
      'Choose “Look here too” if this one knows it as well.'
    );
  }

  #verdict(domain: GatedDomain, now: Whereabouts): PlaceVerdict {
    return whereToAsk(this.#placed(domain), now, this.#parts.book.keepsApart);
  }

  #placed({ id, name, hasOwnResolver }: GatedDomain): PlacedDomain {
    return { name, hasOwnResolver, place: this.#parts.book.placeOf(id) };
  }
}

function isSame(one: Whereabouts, other: Whereabouts): boolean {
  return whereaboutsText(one) === whereaboutsText(other);
}

function whereaboutsText(whereabouts: Whereabouts): string {
  if (whereabouts.kind === 'nowhere') return '';
  const routes = whereabouts.routes.map(({ mark }) => mark);
  return JSON.stringify([whereabouts.kind === 'network' ? whereabouts.mark : null, routes.sort()]);
}
