import type { ServiceStanding } from '../../main/contract/api.ts';

/** What a service is that nobody vouches for now, in a few words; a list shows it by a mark beside. */
export const DOUBT: Readonly<Record<Exclude<ServiceStanding, 'live'>, string>> = {
  checking: 'Known from before, not confirmed again yet',
  cached: 'Known from before only',
};
