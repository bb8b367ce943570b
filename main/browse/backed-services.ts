import type { ServiceRow } from '../contract/api.ts';
import type { Service } from '../../protocol/dnssd/service.ts';
import type { Name } from '../../protocol/wire/name.ts';
import { serviceRow, unwatchedRow } from './rows.ts';
import type { RowContext } from './rows.ts';
import type { Settling } from './settling.ts';

/**
 * Where what is shown of a service beside its name comes from. `watched`: its records tell it. `unwatched`: nobody looks at it,
 * so that only what was last known is there. `asked`: somebody looks again, and not all has been told since.
 */
export type Details =
  | { readonly kind: 'watched' }
  | { readonly kind: 'unwatched'; readonly kept: ServiceRow | undefined }
  | { readonly kind: 'asked'; readonly kept: ServiceRow | undefined; readonly settling: Settling };

/** The details of a service that says what its records tell. */
export const WATCHED: Details = { kind: 'watched' };

/** A service that the records of its domain make. */
export interface Backed {
  readonly id: string;
  readonly sinceMs: number;
  changedMs: number;
  /** As last put; undefined only before the first time. */
  service: Service | undefined;
  isLive: boolean;
  details: Details;
}

/** Whether what is shown of a service is vouched for; what was last known of its details says itself that it is not. */
export function isVouched({ details }: Backed, service: Service): boolean {
  return details.kind === 'watched' ? service.isVouched : service.isListingVouched;
}

/** The row of a service, by its records and by what is kept of its details. */
export function backedRow(
  shown: Backed,
  service: Service,
  place: Pick<RowContext, 'domain' | 'via'>,
): ServiceRow {
  const { id, sinceMs, changedMs, details } = shown;
  const { domain, via } = place;
  const standing = isVouched(shown, service) ? 'live' : 'checking';
  if (details.kind === 'watched')
    return serviceRow(service, { id, domain, via, standing, details: 'watched', sinceMs, changedMs });
  const row = serviceRow(service, { id, domain, via, standing, details: 'unasked', sinceMs, changedMs });
  return unwatchedRow(row, details.kept);
}

/** What the records of a domain make, by the keys of the instance names, and how many of it nobody vouches for. */
export class BackedServices {
  readonly #byKey = new Map<string, Backed>();
  #doubtful = 0;

  get size(): number {
    return this.#byKey.size;
  }

  get doubtful(): number {
    return this.#doubtful;
  }

  get all(): Iterable<Backed> {
    return this.#byKey.values();
  }

  get(key: string): Backed | undefined {
    return this.#byKey.get(key);
  }

  /** The one of this name, if it is there; all of them without. */
  named(name: Name | undefined): Iterable<Backed> {
    const own = name === undefined ? undefined : this.#byKey.get(name.key);
    return name === undefined ? this.all : own === undefined ? [] : [own];
  }

  /** The one with this row. */
  find(rowId: string): Backed | undefined {
    for (const shown of this.all) if (shown.id === rowId) return shown;
    return undefined;
  }

  /**
   * Takes a new service in, with the id of its row and what was known of it before. It is live until `stand` says otherwise;
   * `nowMs` is in milliseconds since the epoch.
   */
  admit(id: string, service: Service, known: ServiceRow | undefined, nowMs: number): Backed {
    const { sinceMs, changedMs } = known ?? { sinceMs: nowMs, changedMs: nowMs };
    const details: Details = service.isLookedAt ? WATCHED : { kind: 'unwatched', kept: known };
    const shown: Backed = { id, sinceMs, changedMs, service: undefined, isLive: true, details };
    this.#byKey.set(service.name.key, shown);
    return shown;
  }

  delete(key: string): void {
    const shown = this.#byKey.get(key);
    if (shown !== undefined) this.stand(shown, true);
    this.#byKey.delete(key);
  }

  /** Says whether somebody vouches for a service. */
  stand(shown: Backed, isLive: boolean): void {
    if (shown.isLive === isLive) return;
    shown.isLive = isLive;
    this.#doubtful += isLive ? -1 : 1;
  }

  clear(): void {
    this.#byKey.clear();
    this.#doubtful = 0;
  }
}
