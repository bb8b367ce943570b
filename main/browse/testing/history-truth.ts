import { foldedText } from '../../../protocol/dnssd/testing/watch.ts';
import type { Browsing } from './browsing.ts';
import { rowText, truthOf } from './history-model.ts';

/** Fails unless every domain is polled, and what is shown is what the zones hold all the same. */
export function expectPolled(browsing: Browsing, watched: ReadonlySet<string>): void {
  const { domains, services, sessions } = browsing.workspace.snapshot().tables;
  const polled = domains.filter(({ state }) => state === 'polling').map(({ id }) => id);
  expectSame('the domains that are polled', polled, [...watched]);
  expectSame(
    'the sessions',
    sessions.map(({ id }) => id),
    [],
  );
  for (const id of watched) {
    const rows = services.filter(({ domain }) => domain === id);
    expectSame(`the services of ${id}`, rows.map(rowText), truthOf(id, browsing.ether.zones).services);
    expectSame(
      `how they came`,
      rows.map(({ via }) => via),
      rows.map(() => 'poll'),
    );
  }
}

/** Fails unless what is shown is what the zones hold, and what is open and subscribed to is what that needs. */
export function expectLive(browsing: Browsing, watched: ReadonlySet<string>): void {
  const { tables } = browsing.workspace.snapshot();
  const live = tables.domains.filter(({ state }) => state === 'live').map(({ id }) => id);
  expectSame('the live domains', live, [...watched]);
  const wanted = new Set<string>();
  for (const { id, services } of tables.domains) {
    const truth = truthOf(id, browsing.ether.zones);
    const rows = tables.services.filter(({ domain }) => domain === id);
    expectSame(`the services of ${id}`, rows.map(rowText), truth.services);
    expectSame(`the count of ${id}`, [String(services)], [String(rows.length)]);
    for (const question of truth.questions) wanted.add(question);
  }
  const open = browsing.ether.links.filter(({ isOver }) => !isOver);
  const held = open.flatMap(({ session }) => session.questions.map(foldedText));
  expectSame('what the servers hold', [...new Set(held)], [...wanted]);
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

/** Fails unless two lists are the same but for their order. */
export function expectSame(what: string, actual: readonly string[], wanted: readonly string[]): void {
  const [one, other] = [actual.toSorted().join('\n'), wanted.toSorted().join('\n')];
  if (one !== other) throw new Error(`${what} should be\n${other}\nand are\n${one}`);
}
