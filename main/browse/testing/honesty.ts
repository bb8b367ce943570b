import type { DomainRow, Snapshot } from '../../contract/api.ts';
import { expectSame } from './expect-same.ts';

/**
 * Fails where a service is live by push whose SRV record is not among what servers are asked to tell of, or where a domain says
 * something else of its services than they do. `held`: the questions, as text.
 */
export function expectHonesty({ domains, services }: Snapshot['tables'], held: ReadonlySet<string>): void {
  for (const { id, unconfirmed } of domains) {
    const rows = services.filter(({ domain, standing }) => domain === id && standing !== 'live');
    expectSame(`the doubts about ${id}`, [String(unconfirmed)], [String(rows.length)]);
  }
  const unfounded = services.filter(
    ({ id, host, standing, details, via }) =>
      standing === 'live' &&
      details === 'watched' &&
      via === 'push' &&
      host !== null &&
      !held.has(`${id.slice(id.indexOf(' ') + 1)}. SRV`),
  );
  expectSame(
    'the live services that nobody vouches for',
    unfounded.map(({ id }) => id),
    [],
  );
}

/** Fails unless every service is live and every domain has settled. */
export function expectCertainty({ domains, services }: Snapshot['tables']): void {
  const doubtful = services.filter(({ standing }) => standing !== 'live');
  expectSame(
    'the services in doubt',
    doubtful.map(({ id }) => id),
    [],
  );
  expectSame(
    'the domains in doubt',
    domains.filter(isInDoubt).map(({ id }) => id),
    [],
  );
}

function isInDoubt({ unconfirmed, asOfMs, settledMs }: DomainRow): boolean {
  return unconfirmed > 0 || asOfMs !== null || settledMs === null;
}
