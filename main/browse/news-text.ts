import type { ServiceNews } from './service-news.ts';

const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** What happened to a service, in a few words for people: `appeared`, `changed its port and TXT note`. */
export function newsText({ event, changed }: Pick<ServiceNews, 'event' | 'changed'>): string {
  return event === 'changed' ? `changed its ${list.format(changed)}` : event;
}
