import type { DigestItem } from '../contract/digest.ts';
import { MAX_DIGEST_ITEMS } from '../contract/digest.ts';
import { newsText } from './news-text.ts';
import type { Publisher } from './publisher.ts';
import type { Away, ServiceNews } from './service-news.ts';

/** A domain that was not told of for less than this was not away, in milliseconds. */
export const LEAST_AWAY_MS = 5_000;

/** What happened to a service, as far as a digest is concerned. */
type Happened = Omit<DigestItem, 'text'> & Pick<ServiceNews, 'changed'>;

/** What happened in a domain since it was last told of, or since somebody last took note of that. */
interface Digest {
  readonly fromMs: number;
  readonly items: Map<string, Happened>;
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
    const digest = this.#digests.get(domain) ?? { fromMs, items: new Map<string, Happened>() };
    for (const one of news) {
      const item = joined(digest.items.get(one.row.id), happened(one));
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
      items: items.slice(0, MAX_DIGEST_ITEMS).map(digestItem),
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

function byEvent(a: Happened, b: Happened): number {
  return ORDER.indexOf(a.event) - ORDER.indexOf(b.event) || (a.instance < b.instance ? -1 : 1);
}

function happened({ event, row, changed }: ServiceNews): Happened {
  return { id: row.id, event, instance: row.instance, typeName: row.typeName, changed };
}

function digestItem({ id, event, instance, typeName, changed }: Happened): DigestItem {
  return { id, event, instance, typeName, text: newsText({ event, changed }) };
}

/** What two things that happened to one service come to; undefined when that is nothing. */
function joined(first: Happened | undefined, then: Happened): Happened | undefined {
  if (first === undefined) return then;
  if (first.event === 'appeared')
    return then.event === 'left' ? undefined : { ...then, event: 'appeared', changed: [] };
  if (first.event === 'left') return then.event === 'appeared' ? undefined : then;
  if (then.event !== 'changed') return then;
  return { ...then, changed: [...new Set([...first.changed, ...then.changed])] };
}
