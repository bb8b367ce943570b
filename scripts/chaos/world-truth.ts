import { rowText, truthOf } from '../../main/browse/testing/history-model.ts';
import type { Snapshot } from '../../main/contract/api.ts';
import type { Zones } from '../../main/demo/zones.ts';

/** One of the servers, as it is seen from its side. */
export interface SiteState {
  /** `host:port`, as domains name it. */
  readonly server: string;
  readonly sessions: number;
  readonly subscriptions: number;
  /** Connections on the wire in front of it. */
  readonly connections: number;
}

/** What is not as it should be: what was expected, and what is there. */
export interface Mismatch {
  readonly what: string;
  readonly expected: readonly string[];
  readonly actual: readonly string[];
}

/**
 * Holds what a client shows and has open against the zones: every domain live with the services that its zone holds, one session
 * for each server in use with the subscriptions that takes, and the same at the server, with nothing beside it.
 */
export function mismatchOf(
  tables: Snapshot['tables'],
  watched: Iterable<string>,
  zones: Zones,
  sites: readonly SiteState[],
): Mismatch | undefined {
  const found: (Mismatch | undefined)[] = [];
  const compare = (what: string, expected: readonly string[], actual: readonly string[]): void =>
    void found.push(difference(what, expected, actual));
  const states = tables.domains.map(({ id, state }) => `${id} ${state}`);
  const live = [...watched].map((id) => `${id} live`);
  compare('the domains', live, states);
  const questions = new Map<string, Set<string>>();
  for (const { id, server } of tables.domains) {
    const truth = truthOf(id, zones);
    const rows = tables.services.filter(({ domain }) => domain === id);
    compare(`the services of ${id}`, truth.services, rows.map(rowText));
    const all = questions.get(server ?? '') ?? new Set();
    for (const question of truth.questions) all.add(question);
    questions.set(server ?? '', all);
  }
  const wanted = [...questions].map(([server, { size }]) => `${server} ${size}`);
  const sessions = tables.sessions.map(({ id, subscriptions }) => `${id} ${subscriptions}`);
  compare('the sessions and their subscriptions', wanted, sessions);
  const held = sites.filter((site) => site.sessions + site.subscriptions > 0);
  compare(
    'the subscriptions at the servers',
    wanted,
    held.map(({ server, subscriptions }) => `${server} ${subscriptions}`),
  );
  const one = [...questions.keys()].map((server) => `${server}: 1 on the wire, 1 at the server`);
  const open = sites.filter((site) => site.sessions + site.connections > 0);
  compare(
    'the connections',
    one,
    open.map(
      ({ server, connections, sessions: count }) =>
        `${server}: ${connections} on the wire, ${count} at the server`,
    ),
  );
  return found.find((each) => each !== undefined);
}

function difference(
  what: string,
  expected: readonly string[],
  actual: readonly string[],
): Mismatch | undefined {
  const [one, other] = [expected.toSorted(), actual.toSorted()];
  return one.join('\n') === other.join('\n') ? undefined : { what, expected: one, actual: other };
}
