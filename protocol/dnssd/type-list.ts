import { MAX_NAME_OCTETS } from '../wire/name.ts';
import type { Name } from '../wire/name.ts';
import { browseName, leadingType } from './instance-name.ts';
import type { Listing } from './name-node.ts';

/** The instances of so many service types are asked for at most: more than any domain has, and an end to what a server can ask of us. */
export const MAX_TYPES = 1024;

/** Of which types instances are asked for: of every one, or of those with the keys of these names, such as `_ipp._tcp`, listed or not. */
export type FollowedTypes = 'everything' | ReadonlySet<string>;

/** A service type of the domain, with how many PTR records list it; without a listing where it is not followed. */
interface ListedType {
  readonly name: Name;
  count: number;
  listing: Listing | undefined;
}

/** What begins to list the names that the PTR records of a name point to, and ends that. */
export interface Listings {
  readonly begin: (name: Name) => Listing;
  readonly end: (listing: Listing) => void;
}

/** The service types that a domain lists (RFC 6763 §9), and the lists of the instances of those that are followed. */
export class TypeList {
  readonly #domain: Name;
  readonly #listings: Listings;
  readonly #types = new Map<string, ListedType>();
  #followed: FollowedTypes = 'everything';
  /** How many are followed. */
  #count = 0;

  constructor(domain: Name, listings: Listings) {
    this.#domain = domain;
    this.#listings = listings;
  }

  /** Asks for the instances of these types from now on, and of no others. */
  follow(types: FollowedTypes): void {
    this.#followed = types;
    for (const type of this.#types.values()) if (!this.#isWanted(type)) this.#end(type);
    for (const type of this.#types.values()) this.#begin(type);
  }

  /** A PTR record lists a type; only the first two labels say which (RFC 6763 §9). */
  take(target: Name): void {
    const name = leadingType(target);
    if (name === undefined || name.wire.length - 1 + this.#domain.wire.length > MAX_NAME_OCTETS) return;
    const known = this.#types.get(name.key);
    if (known !== undefined) {
      known.count++;
      return;
    }
    const type: ListedType = { name, count: 1, listing: undefined };
    this.#types.set(name.key, type);
    this.#begin(type);
  }

  /** A PTR record that listed a type is gone. */
  release(target: Name): void {
    const key = leadingType(target)?.key ?? '';
    const known = this.#types.get(key);
    if (known === undefined || --known.count > 0) return;
    this.#types.delete(key);
    if (known.listing === undefined) return;
    const wasFull = this.#count === MAX_TYPES;
    this.#end(known);
    // One that there was no room for may have been waiting.
    if (wasFull) for (const type of this.#types.values()) this.#begin(type);
  }

  #isWanted({ name }: ListedType): boolean {
    return this.#followed === 'everything' || this.#followed.has(name.key);
  }

  #begin(type: ListedType): void {
    if (type.listing !== undefined || this.#count >= MAX_TYPES || !this.#isWanted(type)) return;
    this.#count++;
    type.listing = this.#listings.begin(browseName(type.name, this.#domain));
  }

  #end(type: ListedType): void {
    if (type.listing === undefined) return;
    this.#count--;
    this.#listings.end(type.listing);
    type.listing = undefined;
  }
}
