import type { ServiceRow } from '../contract/api.ts';
import type { RememberedServices } from './remembered-services.ts';
import { changedFields } from './row-differences.ts';
import type { ServiceNews } from './service-news.ts';

/**
 * What has happened to the services of a domain from when it was lost until it settled: to those that are remembered from
 * then, and those that are there now.
 */
export function settlingNews(
  remembered: RememberedServices,
  now: Iterable<ServiceRow>,
  times: { readonly atMs: number; readonly sinceMs: number },
): readonly ServiceNews[] {
  const news: ServiceNews[] = [];
  for (const row of now) {
    const before = remembered.get(row.id)?.first;
    const changed = before === undefined ? [] : changedFields(before, row);
    if (before === undefined) news.push({ event: 'appeared', row, changed, ...times });
    else if (changed.length > 0) news.push({ event: 'changed', row, changed, ...times });
  }
  for (const [, { first, last, isBacked }] of remembered.all)
    if (first !== undefined && !isBacked) news.push({ event: 'left', row: last, changed: [], ...times });
  return news;
}
