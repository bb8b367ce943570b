import type { ServiceRow } from '../contract/api.ts';
import type { Favourite, FavouriteRow } from '../contract/favourite.ts';
import { MAX_FAVOURITES } from '../contract/favourite.ts';
import { serviceTypeInfo } from '../../protocol/dnssd/service-types.ts';
import type { ServiceNews } from './service-news.ts';

/** What a person keeps an eye on, whether it is there or not. */
export class Favourites {
  /** By the ids of the rows of services and domains, which are never the same. */
  readonly #all: Map<string, Favourite>;

  /** `kept` are those of the last run. */
  constructor(kept: readonly Favourite[]) {
    this.#all = new Map(kept.map((favourite) => [idOf(favourite), favourite]));
  }

  /** All of them, as they are kept. */
  get kept(): readonly Favourite[] {
    return [...this.#all.values()];
  }

  /** All of them, as a window sees them. */
  get rows(): readonly FavouriteRow[] {
    return this.kept.map(rowOf);
  }

  /** Keeps an eye on a service; false when there are too many already. */
  addService(row: Pick<ServiceRow, 'id' | 'domain' | 'type' | 'instance'>): boolean {
    const { id, domain, type, instance } = row;
    const name = id.slice(domain.length + 1);
    return this.#add(id, { kind: 'service', domain, name, type, instance, lastSeenMs: null });
  }

  /** Keeps an eye on a domain as a whole; false when there are too many already. */
  addDomain(domain: string): boolean {
    return this.#add(domain, { kind: 'domain', domain });
  }

  /** No longer keeps an eye on a service or a domain; false when nobody did. */
  remove(id: string): boolean {
    return this.#all.delete(id);
  }

  /** A domain is not watched any longer, nor is anything in it; false when nothing was. */
  forget(domain: string): boolean {
    const gone = this.kept.filter((favourite) => favourite.domain === domain);
    for (const favourite of gone) this.#all.delete(idOf(favourite));
    return gone.length > 0;
  }

  /** Whether what happened is something that a person wants to hear of. */
  concerns({ row }: ServiceNews): boolean {
    return this.#all.has(row.id) || this.#all.has(row.domain);
  }

  /** Takes note of when favourites were last there; false when that is of none. */
  note(news: readonly ServiceNews[]): boolean {
    const left = news.filter(({ event }) => event === 'left');
    return left.map(({ row, atMs, sinceMs }) => this.#saw(row.id, sinceMs ?? atMs)).includes(true);
  }

  /** The run ends: those of these services that are there were last seen now. */
  end(present: Iterable<ServiceRow>, nowMs: number): void {
    for (const { id, standing } of present) if (standing === 'live') this.#saw(id, nowMs);
  }

  #add(id: string, favourite: Favourite): boolean {
    if (this.#all.size >= MAX_FAVOURITES && !this.#all.has(id)) return false;
    this.#all.set(id, this.#all.get(id) ?? favourite);
    return true;
  }

  #saw(id: string, lastSeenMs: number): boolean {
    const favourite = this.#all.get(id);
    if (favourite?.kind !== 'service') return false;
    this.#all.set(id, { ...favourite, lastSeenMs });
    return true;
  }
}

function idOf(favourite: Favourite): string {
  return favourite.kind === 'domain' ? favourite.domain : `${favourite.domain} ${favourite.name}`;
}

function rowOf(favourite: Favourite): FavouriteRow {
  const id = idOf(favourite);
  if (favourite.kind === 'domain') return { kind: 'domain', id };
  const { domain, type, instance, lastSeenMs } = favourite;
  const { name: typeName, category } = serviceTypeInfo(type);
  return { kind: 'service', id, domain, type, typeName, category, instance, lastSeenMs };
}
