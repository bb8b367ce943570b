import type { DomainRow, DomainState } from '../main/contract/api.ts';
import type { Step } from '../main/contract/ladder.ts';

/** The word beside each state's glyph; state is never told by colour alone. */
export const STATE_WORD: Readonly<Record<DomainState, string>> = {
  discovering: 'Connecting',
  live: 'Live',
  polling: 'Polling',
  paused: 'Paused',
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

/** Where a domain failed, in a few words beside its state; null for one that did not. */
export function headline(domain: DomainRow): string | null {
  return domain.state === 'failed' && domain.step !== null ? FAILURE_HEADLINE[domain.step] : null;
}

/** What is the matter with a domain, as a title; `name` is its name made fit to be shown. */
export function stateTitle(domain: DomainRow, name: string): string {
  switch (domain.state) {
    case 'discovering':
      return `Connecting to ${name}…`;
    case 'live':
      return `${name} is live`;
    case 'polling':
      return `${name} is asked now and then`;
    case 'paused':
      return `${name} is paused`;
    case 'failed':
      return domain.step === null ? `${name} can’t be shown` : FAILURE_TITLE[domain.step](name);
  }
}

/** Domains as listed: by name. */
export function sortedDomains(domains: Iterable<DomainRow>): readonly DomainRow[] {
  return [...domains].sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
}

/** The order in which states want to be noticed, the worst first. */
const URGENCY: readonly DomainState[] = ['failed', 'polling', 'discovering', 'paused', 'live'];

/** The domain that most wants to be noticed; undefined when all are live. */
export function mostUrgent(domains: readonly DomainRow[]): DomainRow | undefined {
  const troubled = domains.filter((domain) => domain.state !== 'live');
  return troubled.toSorted((a, b) => URGENCY.indexOf(a.state) - URGENCY.indexOf(b.state))[0];
}
