import type { Notice, NoticeItem } from '../browse/notice-policy.ts';
import { NoticePolicy } from '../browse/notice-policy.ts';
import type { ServiceNews } from '../browse/service-news.ts';
import type { Clock } from '../net/clock.ts';
import { cutName } from './cut-name.ts';

/** What the system shows: a title and a line or two below. */
export interface NoticeText {
  readonly title: string;
  readonly body: string;
}

/** Shows notifications of the system; Electron's in the app. */
export interface Notifier {
  show(text: NoticeText, onClick: () => void): void;
}

/** What notices are made with. */
export interface NoticeParts {
  readonly clock: Clock;
  readonly notifier: Notifier;
  /** Whether the user wants any. */
  readonly isWanted: () => boolean;
  /** Whether somebody keeps an eye on a service. */
  readonly concerns: (news: ServiceNews) => boolean;
  /** Somebody clicked on a notice: on one of a service, or on one of many. */
  readonly open: (item: NoticeItem | null) => void;
}

/** Names are cut in notices, which some systems show in full however long they are. */
const MAX_NAME = 80;
/** So many names a notice of many gives. */
const MAX_NAMES = 3;

/** Notifies of favourites that appear and leave while somebody watches. What was missed in between is in the window. */
export class Notices {
  readonly #parts: NoticeParts;
  readonly #policy = new NoticePolicy();
  #cancelTimer: () => void = () => undefined;

  constructor(parts: NoticeParts) {
    this.#parts = parts;
  }

  /** Takes what happened in a domain, by its name as shown. */
  take(news: readonly ServiceNews[], domainName: string): void {
    const { clock, concerns, isWanted } = this.#parts;
    if (!isWanted()) return;
    for (const one of news) {
      const { event, row, sinceMs } = one;
      if (sinceMs !== null || event === 'changed' || !concerns(one)) continue;
      const { id, domain, instance, typeName } = row;
      this.#policy.take({ id, domain, event, instance, typeName, domainName }, clock.nowMs());
    }
    this.#arm();
  }

  /** Ends the wait for what is due; nothing more is told. */
  close(): void {
    this.#policy.clear();
    this.#cancelTimer();
  }

  #arm(): void {
    const { clock, isWanted } = this.#parts;
    this.#cancelTimer();
    this.#cancelTimer = clock.at(this.#policy.deadlineMs ?? Infinity, () => {
      const notices = this.#policy.tick(clock.nowMs());
      if (isWanted()) for (const notice of notices) this.#show(notice);
      this.#arm();
    });
  }

  #show(notice: Notice): void {
    const { notifier, open } = this.#parts;
    notifier.show(noticeText(notice), () => open(notice.kind === 'one' ? notice.item : null));
  }
}

/** A notice in words. */
export function noticeText(notice: Notice): NoticeText {
  if (notice.kind === 'one') {
    const { event, instance, typeName, domainName } = notice.item;
    return { title: `${cut(instance)} ${event}`, body: `${cut(typeName)}, ${cut(domainName)}` };
  }
  const { items } = notice;
  const count = (event: NoticeItem['event']): number => items.filter((item) => item.event === event).length;
  const counts = [
    [count('appeared'), 'appeared'],
    [count('left'), 'left'],
  ] as const;
  const title = counts.flatMap(([number, word]) => (number === 0 ? [] : [`${number} ${word}`])).join(', ');
  const names = items.slice(0, MAX_NAMES).map(({ instance }) => cut(instance));
  const others = items.length - names.length;
  return { title, body: [...names, ...(others === 0 ? [] : [`and ${others} more`])].join(', ') };
}

function cut(name: string): string {
  return cutName(name, MAX_NAME);
}
