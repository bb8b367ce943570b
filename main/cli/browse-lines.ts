import type { TxtValue } from '../contract/api.ts';
import type { ChangeEvent } from '../browse/change-events.ts';
import { eventText } from '../browse/event-text.ts';
import { printable } from '../browse/printable.ts';
import { unreachable } from '../../protocol/errors.ts';

/** What the command line tells beside changes: something did not work that does not end it. */
export type BrowseEvent = ChangeEvent | { readonly event: 'problem'; readonly reason: string };

/** An event as one JSON object; `atMs` is since the start, `domainName` the name of a service's domain. */
export function jsonLine(event: BrowseEvent, atMs: number, domainName: (id: string) => string): string {
  return JSON.stringify({
    at: Math.round(atMs * 1000) / 1000,
    event: event.event,
    ...fieldsOf(event, domainName),
  });
}

function fieldsOf(event: BrowseEvent, domainName: (id: string) => string): object {
  switch (event.event) {
    case 'domain': {
      const { name, state, step, reason, trust } = event.row;
      const why = trust === null ? null : { level: trust.level, sentence: trust.sentence };
      return { domain: name, state, ...(state === 'live' ? { trust: why } : { step, reason }) };
    }
    case 'session': {
      const { server, port, phase } = event.row;
      return { server, port, phase };
    }
    case 'added':
    case 'changed':
    case 'removed': {
      const { domain, type, instance, host, port, addresses, txt, via } = event.row;
      const pairs = txt === null ? null : Object.fromEntries<TxtValue>(txt);
      return { domain: domainName(domain), type, instance, host, port, addresses, txt: pairs, via };
    }
    case 'problem':
      return { reason: event.reason };
    default:
      return unreachable(event);
  }
}

/** An event as a line for people, with the seconds since the start; undefined for what only programs want to know. */
export function textLine(
  event: BrowseEvent,
  atMs: number,
  domainName: (id: string) => string,
): string | undefined {
  const text = event.event === 'problem' ? printable(`! ${event.reason}`) : eventText(event, domainName);
  return text === undefined ? undefined : `${(atMs / 1000).toFixed(3).padStart(9)} ${text}`;
}
