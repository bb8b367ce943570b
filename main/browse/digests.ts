import type { DigestItem } from '../contract/digest.ts';
import { MAX_DIGEST_ITEMS } from '../contract/digest.ts';
import type { Publisher } from './publisher.ts';
import type { Away, ServiceNews } from './service-news.ts';

/** A domain that was not told of for less than this was not away, in milliseconds. */
export const LEAST_AWAY_MS = 5_000;

/** What happened in a domain since it was last told of, or since somebody last took note of that. */
interface Digest {
  readonly fromMs: number;
  readonly items: Map<string, DigestItem>;
}

/** What happened while nobody told, once for each domain, until somebody has taken note of it. */
export class Digests {
  readonly #publisher: Publisher;
  readonly #digests = new Map<string, Digest>();

  constructor(publisher: Publisher) {
    this.#publisher = publisher;
  }

  /** What happened in a domain while it was away; added to what nobody has taken note of yet. */
  add(domain: string, news: readonly ServiceNews[], { fromMs, untilMs }: Away): void {
    if (untilMs - fromMs < LEAST_AWAY_MS || news.length === 0) return;
    const digest = this.#digests.get(domain) ?? { fromMs, items: new Map<string, DigestItem>() };
    for (const one of news) {
      const item = joined(digest.items.get(one.row.id), itemOf(one));
      if (item === undefined) digest.items.delete(one.row.id);
      else digest.items.set(item.id, item);
    }
    if (digest.items.size === 0) {
      this.dismiss(domain);
      return;
    }
    this.#digests.set(domain, digest);
    const items = [...digest.items.values()].toSorted(byEvent);
    const count = (event: DigestItem['event']): number => items.filter((item) => item.event === event).length;
    this.#publisher.put('digests', {
      id: domain,
      fromMs: digest.fromMs,
      untilMs,
      appeared: count('appeared'),
      changed: count('changed'),
      left: count('left'),
      items: items.slice(0, MAX_DIGEST_ITEMS),
    });
  }

  /** Somebody has taken note of it. */
  dismiss(domain: string): void {
    this.#digests.delete(domain);
    this.#publisher.drop('digests', domain);
  }
}

/** In the order in which people ask. */
const ORDER: readonly DigestItem['event'][] = ['appeared', 'left', 'changed'];

function byEvent(a: DigestItem, b: DigestItem): number {
  return ORDER.indexOf(a.event) - ORDER.indexOf(b.event) || (a.instance < b.instance ? -1 : 1);
}

function itemOf({ event, row, changed }: ServiceNews): DigestItem {
  return { id: row.id, event, instance: row.instance, typeName: row.typeName, changed };
}

/** What two things that happened to one service come to; undefined when that is nothing. */
function joined(first: DigestItem | undefined, then: DigestItem): DigestItem | undefined {
  if (first === undefined) return then;
  if (first.event === 'appeared')
    return then.event === 'left' ? undefined : { ...then, event: 'appeared', changed: [] };
  if (first.event === 'left') return then.event === 'appeared' ? undefined : then;
  if (then.event !== 'changed') return then;
  return { ...then, changed: [...new Set([...first.changed, ...then.changed])] };
}
