import { rowText, truthOf } from '../../main/browse/testing/history-model.ts';
import type { Snapshot } from '../../main/contract/api.ts';
import { Name } from '../../protocol/wire/name.ts';
import type { Zones } from '../../main/demo/zones.ts';

/** One of the servers, as it is seen from its side. */
export interface SiteState {
  /** `host:port`, as domains name it. */
  readonly server: string;
  /** The zones that name it. */
  readonly zones: readonly string[];
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

/** What the zones come to for the domains that are watched. */
export interface WorldTruth {
  /** The services of each domain, as text. */
  readonly services: ReadonlyMap<string, readonly string[]>;
  /** What must be subscribed to in each zone, as text. */
  readonly questions: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Works the truth out anew from all records of the zones. */
export function worldTruth(watched: Iterable<string>, zones: Zones): WorldTruth {
  const services = new Map<string, readonly string[]>();
  const questions = new Map<string, Set<string>>();
  for (const domain of watched) {
    const truth = truthOf(domain, zones);
    services.set(domain, truth.services);
    for (const question of truth.questions) {
      const zone = zones.zoneOf(Name.of(question.split(' ')[0]!))?.origin.key ?? '';
      const all = questions.get(zone) ?? new Set();
      questions.set(zone, all.add(question));
    }
  }
  return { services, questions };
}

/**
 * Holds what a client shows and has open against the zones: every domain live with its services, none of them in doubt, and for each zone one session
 * with one of its servers that has the subscriptions that takes. Nothing is beside it, neither here nor at the servers.
 */
export function mismatchOf(
  tables: Snapshot['tables'],
  { services, questions }: WorldTruth,
  sites: readonly SiteState[],
): Mismatch | undefined {
  const states = tables.domains.map(({ id, state }) => `${id} ${state}`);
  const live = difference(
    'the domains',
    [...services.keys()].map((id) => `${id} live`),
    states,
  );
  if (live !== undefined) return live;
  for (const [id, expected] of services) {
    const rows = tables.services.filter(({ domain }) => domain === id).map(rowText);
    const wrong = difference(`the services of ${id}`, expected, rows);
    if (wrong !== undefined) return wrong;
  }
  const doubts = tables.domains.filter(({ unconfirmed }) => unconfirmed > 0);
  const doubtful = difference(
    'the doubts',
    [],
    doubts.map(({ id, unconfirmed }) => `${id}: ${unconfirmed} not confirmed`),
  );
  if (doubtful !== undefined) return doubtful;
  const sessions = tables.sessions.map(({ id, subscriptions }) => `${id} ${subscriptions}`);
  const inUse = sites.filter((site) => site.subscriptions > 0);
  const held = inUse.map(({ server, subscriptions }) => `${server} ${subscriptions}`);
  const open = sites.filter((site) => site.sessions + site.connections > 0);
  const one = inUse.map(({ server }) => `${server}: 1 on the wire, 1 at the server`);
  const connections = open.map(
    ({ server, connections: count, sessions: secure }) =>
      `${server}: ${count} on the wire, ${secure} at the server`,
  );
  return (
    unsubscribed(questions, sites) ??
    difference('the sessions and their subscriptions', held, sessions) ??
    difference('the connections', one, connections)
  );
}

/** What the servers of some zones hold together, when it is not what it must be: with two servers in use either may hold a part. */
function unsubscribed(questions: WorldTruth['questions'], sites: readonly SiteState[]): Mismatch | undefined {
  for (const zones of new Set(sites.map((site) => site.zones))) {
    const wanted = zones.reduce((sum, zone) => sum + (questions.get(Name.of(zone).key)?.size ?? 0), 0);
    const held = sites.filter((site) => site.zones === zones && site.subscriptions > 0);
    const sum = held.reduce((all, { subscriptions }) => all + subscriptions, 0);
    const isRight =
      held.length < 2 ? sum === wanted : sum >= wanted && held.every((site) => site.subscriptions <= wanted);
    if (isRight) continue;
    const actual = held.map(({ server, subscriptions }) => `${server} ${subscriptions}`);
    const expected = zones.flatMap((zone) => [...(questions.get(Name.of(zone).key) ?? [])]);
    return { what: `the subscriptions at the servers of ${zones.join(' and ')}`, expected, actual };
  }
  return undefined;
}

function difference(
  what: string,
  expected: readonly string[],
  actual: readonly string[],
): Mismatch | undefined {
  const [one, other] = [expected.toSorted(), actual.toSorted()];
  return one.join('\n') === other.join('\n') ? undefined : { what, expected: one, actual: other };
}
