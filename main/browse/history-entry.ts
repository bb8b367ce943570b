import type { HistoryEntry } from '../contract/history.ts';
import type { ServiceNews } from './service-news.ts';

/** News of a service as the history keeps it; `domain` is its domain's name as shown. */
export function historyEntry(news: ServiceNews, domain: string): HistoryEntry {
  const { event, row, changed, atMs, sinceMs } = news;
  const { type, instance, host, port } = row;
  return { atMs, sinceMs, event, domain, type, instance, host, port, changed: [...changed] };
}
