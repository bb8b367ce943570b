import type { DomainRow, DomainState } from '../main/contract/api.ts';
import { asOfText } from './as-of.ts';
import type { Step } from '../main/contract/ladder.ts';

/** The word beside each state's glyph; state is never told by colour alone. */
export const STATE_WORD: Readonly<Record<DomainState, string>> = {
  discovering: 'Connecting',
  live: 'Live',
  polling: 'Polling',
  paused: 'Paused',
  elsewhere: 'Elsewhere',
  failed: 'Failed',
};

const FAILURE_TITLE: Readonly<Record<Step, (name: string) => string>> = {
  zone: (name) => `${name} wasn’t found`,
  srv: (name) => `${name} has no push service`,
  address: () => 'The push server has no address',
  tcp: () => 'The push server doesn’t answer',
  tls: () => 'No secure connection could be made',
  identity: () => 'We stopped: the server’s identity doesn’t match',
  dso: () => 'The server doesn’t speak DNS push',
  subscribe: (name) => `${name} declined the subscription`,
  data: (name) => `Nothing has come of ${name} yet`,
  session: () => 'The connection was lost',
};

const FAILURE_HEADLINE: Readonly<Record<Step, string>> = {
  zone: 'not found',
  srv: 'no push service found',
  address: 'its server has no address',
  tcp: 'its server doesn’t answer',
  tls: 'no secure connection',
  identity: 'identity doesn’t match',
  dso: 'its server knows no push',
  subscribe: 'subscription declined',
  data: 'nothing has come yet',
  session: 'connection lost',
};

/** Why a domain is polled: it is no failure, and one line has to do. */
const POLLING_HEADLINE: Readonly<Record<Step, string>> = {
  zone: 'not found',
  srv: 'no push',
  address: 'no address',
  tcp: 'no answer',
  tls: 'not secure',
  identity: 'wrong identity',
  dso: 'no push',
  subscribe: 'declined',
  data: 'no data',
  session: 'connection lost',
};

/** Where a domain failed, or why it is polled, in a few words beside its state; null for any other. */
export function headline({ state, step }: DomainRow): string | null {
  if (step === null) return null;
  if (state === 'polling') return POLLING_HEADLINE[step];
  return state === 'failed' ? FAILURE_HEADLINE[step] : null;
}

/** How far what is listed of a domain is in doubt, in a few words; null when it is not. */
export function doubtText({ state, services, unconfirmed, asOfMs, settledMs }: DomainRow): string | null {
  if (unconfirmed === 0) return null;
  // It has told all that it was asked for, so that the rest is not followed.
  if (settledMs !== null && asOfMs !== null) return `${unconfirmed} of ${services} as of ${asOfText(asOfMs)}`;
  if (state === 'live' || state === 'polling') return `checking ${unconfirmed} of ${services}`;
  return asOfMs === null ? `${unconfirmed} of ${services} not confirmed` : `as of ${asOfText(asOfMs)}`;
}

/** What is the matter with a domain, as a title; `name` is its name made fit to be shown. */
export function stateTitle(domain: DomainRow, name: string): string {
  switch (domain.state) {
    case 'discovering':
      return `Connecting to ${name}…`;
    case 'live':
      return `${name} is live`;
    case 'polling':
      return domain.polled === null
        ? `${name} is asked now and then`
        : `Updates every ${intervalText(domain.polled.everySeconds)}`;
    case 'paused':
      return `${name} is paused`;
    case 'elsewhere':
      return `${name} belongs to another network`;
    case 'failed':
      return domain.step === null ? `${name} can’t be shown` : FAILURE_TITLE[domain.step](name);
  }
}

/** Why it stands so, in a sentence below the title; null where that says it all. `name` is as for `stateTitle`. */
export function stateReason({ state, step, reason }: DomainRow, name: string): string | null {
  if (state === 'elsewhere')
    return 'Nothing of it is asked for here. Back on its own network, it goes on by itself.';
  if (state !== 'polling' || step === null) return reason;
  return `${FAILURE_TITLE[step](name)}, so changes may be late.`;
}

/** How long lies between two polls: `60 seconds`, `2 minutes`. */
function intervalText(seconds: number): string {
  return seconds < 100 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`;
}

/** Domains as listed: by name. */
export function sortedDomains(domains: Iterable<DomainRow>): readonly DomainRow[] {
  return [...domains].sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
}

/** The order in which states want to be noticed, the worst first. */
const URGENCY: readonly DomainState[] = ['failed', 'polling', 'discovering', 'paused', 'elsewhere', 'live'];

/** The domain that most wants to be noticed; undefined when all are live. */
export function mostUrgent(domains: readonly DomainRow[]): DomainRow | undefined {
  const troubled = domains.filter((domain) => domain.state !== 'live');
  return troubled.toSorted((a, b) => URGENCY.indexOf(a.state) - URGENCY.indexOf(b.state))[0];
}
