import { randomBytes } from 'node:crypto';
import type { DomainPlace } from '../browse/place-rule.ts';
import { NO_PLACE } from '../browse/place-rule.ts';
import type { PlaceBook } from '../browse/places.ts';
import { networkMark } from '../net/network-mark.ts';
import type { SettingsFile, WatchedDomain } from '../storage/settings.ts';
import { MAX_NETWORKS } from '../storage/settings.ts';
import { foldAscii } from '../../protocol/wire/name.ts';

const SALT_OCTETS = 16;

/** Where domains belong, as the settings keep it. */
export class SettingsPlaces implements PlaceBook {
  readonly #settings: Pick<SettingsFile, 'value' | 'save'>;
  /** Of domains that were just added and are not in the settings yet. */
  readonly #fresh = new Map<string, DomainPlace>();
  #salt: string | undefined;

  constructor(settings: Pick<SettingsFile, 'value' | 'save'>) {
    this.#settings = settings;
  }

  get keepsApart(): boolean {
    return this.#settings.value.keepsApart;
  }

  /** The mark of a network with these signs, in this profile. */
  readonly markOf = (signs: readonly unknown[]): string => networkMark(this.#saltOf(), signs);

  placeOf(id: string): DomainPlace {
    const known = this.#settings.value.domains.find((domain) => isOf(domain, id));
    return known?.place ?? this.#fresh.get(id) ?? NO_PLACE;
  }

  /** A domain is watched from now on; one that the settings do not know is new. */
  begin(id: string, isSuggested: boolean): void {
    if (this.#settings.value.domains.some((domain) => isOf(domain, id))) return;
    this.#fresh.set(id, { ...NO_PLACE, isSuggested });
  }

  join(id: string, mark: string): void {
    const { choice, isSuggested, networks } = this.placeOf(id);
    const joined = [...networks.filter((network) => network !== mark), mark].slice(-MAX_NETWORKS);
    const place = { choice, isSuggested, networks: joined };
    const { domains } = this.#settings.value;
    const isKnown = domains.some((domain) => isOf(domain, id));
    if (!isKnown) this.#fresh.set(id, place);
    const changed = domains.map((domain) => (isOf(domain, id) ? { ...domain, place } : domain));
    void this.#settings.save({ domains: changed, networkSalt: this.#saltOf() }); // it never rejects
  }

  /** What is to be kept of the place of a domain that the settings do not know yet. */
  readonly newPlace = (name: string): Pick<WatchedDomain, 'place'> => {
    const place = this.#fresh.get(foldAscii(name));
    const isPlain = place === undefined || (!place.isSuggested && place.networks.length === 0);
    return isPlain ? {} : { place };
  };

  /** The salt is kept with the first mark: whoever never needs one has none. */
  #saltOf(): string {
    return (this.#salt ??=
      this.#settings.value.networkSalt ?? randomBytes(SALT_OCTETS).toString('base64url'));
  }
}

function isOf({ name }: WatchedDomain, id: string): boolean {
  return foldAscii(name) === id;
}
