import type { LookedAt } from '../../../protocol/dnssd/browser.ts';
import { foldedText } from '../../../protocol/dnssd/testing/watch.ts';
import type { FollowedTypes } from '../../../protocol/dnssd/type-list.ts';
import type { Browsing } from './browsing.ts';
import { expectSame } from './expect-same.ts';
import { rowText, truthOf } from './history-model.ts';
import { expectCertainty } from './honesty.ts';

/** Fails unless every domain is polled, and what is shown is what the zones hold all the same. */
export function expectPolled(browsing: Browsing, watched: ReadonlySet<string>, lookedAt: LookedAt): void {
  const { tables } = browsing.workspace.snapshot();
  const { domains, services, sessions } = tables;
  expectCertainty(tables);
  const polled = domains.filter(({ state }) => state === 'polling').map(({ id }) => id);
  expectSame('the domains that are polled', polled, [...watched]);
  expectSame(
    'the sessions',
    sessions.map(({ id }) => id),
    [],
  );
  for (const id of watched) {
    const rows = services.filter(({ domain }) => domain === id);
    const truth = truthOf(id, browsing.ether.zones, { lookedAt, rows });
    expectSame(`the services of ${id}`, rows.map(rowText), truth.services);
    expectSame(
      `how they came`,
      rows.map(({ via }) => via),
      rows.map(() => 'poll'),
    );
  }
}

/** Fails unless what is shown is what the zones hold, and what is open and subscribed to is what that needs. */
export function expectLive(browsing: Browsing, watched: ReadonlySet<string>, lookedAt: LookedAt): void {
  const { tables } = browsing.workspace.snapshot();
  const live = tables.domains.filter(({ state }) => state === 'live').map(({ id }) => id);
  expectSame('the live domains', live, [...watched]);
  const wanted = new Set<string>();
  for (const { id, services } of tables.domains) {
    const rows = tables.services.filter(({ domain }) => domain === id);
    const truth = truthOf(id, browsing.ether.zones, { lookedAt, rows });
    expectSame(`the services of ${id}`, rows.map(rowText), truth.services);
    expectSame(`the count of ${id}`, [String(services)], [String(rows.length)]);
    for (const question of truth.questions) wanted.add(question);
  }
  expectCertainty(tables);
  const open = browsing.ether.links.filter(({ isOver }) => !isOver);
  expectSame('what the servers hold', [...heldBy(browsing)], [...wanted]);
  const counts = open.map(
    ({ target, session }) => `${target.serverName}:${target.port} ${session.subscriptionCount}`,
  );
  const sessions = tables.sessions.map(({ id, subscriptions }) => `${id} ${subscriptions}`);
  expectSame('the sessions and their subscriptions', sessions, counts);
  const idle = open.filter(({ session }) => session.subscriptionCount === 0);
  expectSame(
    'the sessions that nothing is subscribed to on',
    idle.map(({ target }) => target.serverName),
    [],
  );
}

/** Fails unless what is subscribed to is what is kept, by domain, and the domains of which nothing is are paused. */
export function expectKept(
  browsing: Browsing,
  kept: ReadonlyMap<string, FollowedTypes>,
  lookedAt: LookedAt,
): void {
  const { domains, services: rows } = browsing.workspace.snapshot().tables;
  const wanted = new Set<string>();
  for (const { id, state } of domains) {
    const followed = kept.get(id);
    expectSame(`how ${id} stands`, [state], [followed === undefined ? 'paused' : 'live']);
    if (followed === undefined) continue;
    for (const question of truthOf(id, browsing.ether.zones, { lookedAt, rows, followed }).questions)
      wanted.add(question);
  }
  expectSame('what the servers hold', [...heldBy(browsing)], [...wanted]);
}

/** What the servers are asked to tell of, as text. */
export function heldBy({ ether }: Browsing): ReadonlySet<string> {
  const open = ether.links.filter(({ isOver }) => !isOver);
  return new Set(open.flatMap(({ session }) => session.questions.map(foldedText)));
}
