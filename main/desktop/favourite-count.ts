import type { FavouriteRow } from '../contract/favourite.ts';
import type { Update } from '../contract/api.ts';
import type { Core } from './core.ts';

/**
 * Counts the favourites that can be watched: those of domains that are in the list, and not of another network. Others are kept
 * for when their domain is there again.
 */
export class FavouriteCount {
  readonly #told: (count: number) => void;
  readonly #stop: () => void;
  /** The domains of favourites, by the ids of the rows of these. */
  readonly #favourites = new Map<string, string>();
  /** The domains that are asked for on this network, by the ids of their rows. */
  readonly #here = new Set<string>();
  #count = 0;

  /** `told` is called with each other number from now on; it begins with none. */
  constructor(core: Pick<Core, 'onUpdate' | 'snapshot'>, told: (count: number) => void) {
    this.#told = told;
    this.#stop = core.onUpdate(({ tables }) => this.#take(tables));
    const { domains, favourites } = core.snapshot().tables;
    this.#take({ domains: { put: domains, drop: [] }, favourites: { put: favourites, drop: [] } });
  }

  /** Counts no more. */
  close(): void {
    this.#stop();
  }

  #take({ domains, favourites }: Update['tables']): void {
    for (const { id, state } of domains?.put ?? []) {
      if (state === 'elsewhere') this.#here.delete(id);
      else this.#here.add(id);
    }
    for (const id of domains?.drop ?? []) this.#here.delete(id);
    for (const row of favourites?.put ?? []) this.#favourites.set(row.id, domainOf(row));
    for (const id of favourites?.drop ?? []) this.#favourites.delete(id);
    if (domains === undefined && favourites === undefined) return;
    let count = 0;
    for (const domain of this.#favourites.values()) if (this.#here.has(domain)) count += 1;
    if (count === this.#count) return;
    this.#count = count;
    this.#told(count);
  }
}

function domainOf(row: FavouriteRow): string {
  return row.kind === 'domain' ? row.id : row.domain;
}
