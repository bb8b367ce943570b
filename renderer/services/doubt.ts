import type { ServiceRow, ServiceStanding } from '../../main/contract/api.ts';

/** What a service is that nobody vouches for now, in a few words; a list shows it by a mark beside. */
export const DOUBT: Readonly<Record<Exclude<ServiceStanding, 'live'>, string>> = {
  checking: 'Known from before, not confirmed again yet',
  cached: 'Known from before only',
};

/** What is in doubt of a service, in a few words; null when nothing is. */
export function doubtOf({ standing, details }: ServiceRow): string | null {
  if (standing !== 'live') return DOUBT[standing];
  return details === 'remembered' ? 'Listed now; its details are known from before' : null;
}
