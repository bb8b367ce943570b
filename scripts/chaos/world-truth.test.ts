import { expect, test } from 'vitest';
import type { Snapshot } from '../../main/contract/api.ts';
import { Browsing, OFFICE } from '../../main/browse/testing/browsing.ts';
import type { SiteState } from './world-truth.ts';
import { mismatchOf, worldTruth } from './world-truth.ts';

const SITE: SiteState = {
  server: 'push.office.test:853',
  zones: ['office.test'],
  sessions: 1,
  subscriptions: 5,
  connections: 1,
};

/** Tables of a client that is right, and the zones that it watches. */
async function browsed() {
  const browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  await browsing.ether.pass(100);
  return {
    tables: browsing.workspace.snapshot().tables,
    truth: worldTruth(['office.test'], browsing.ether.zones),
  };
}

test('nothing is wrong where every domain is live and shows what its zone holds, and the server sees one session for it', async () => {
  const { tables, truth } = await browsed();
  const subscriptions = tables.sessions[0]!.subscriptions;
  expect(mismatchOf(tables, truth, [{ ...SITE, subscriptions }])).toBeUndefined();
});

test.each<[string, (tables: Snapshot['tables']) => Snapshot['tables'], Partial<SiteState>]>([
  ['the domains', (tables) => ({ ...tables, domains: [] }), {}],
  [
    'the domains',
    (tables) => ({ ...tables, domains: tables.domains.map((row) => ({ ...row, state: 'failed' as const })) }),
    {},
  ],
  ['the services of office.test', (tables) => ({ ...tables, services: [] }), {}],
  [
    'the services of office.test',
    (tables) => ({ ...tables, services: tables.services.map((row) => ({ ...row, port: 632 })) }),
    {},
  ],
  [
    'the doubts',
    (tables) => ({ ...tables, domains: tables.domains.map((row) => ({ ...row, unconfirmed: 1 })) }),
    {},
  ],
  ['the sessions and their subscriptions', (tables) => ({ ...tables, sessions: [] }), {}],
  ['the subscriptions at the servers of office.test', (tables) => tables, { subscriptions: 99 }],
  ['the connections', (tables) => tables, { connections: 2 }],
  ['the connections', (tables) => tables, { sessions: 2 }],
])('what is wrong is named: %s', async (what, spoilt, site) => {
  const { tables, truth } = await browsed();
  const subscriptions = tables.sessions[0]!.subscriptions;
  const mismatch = mismatchOf(spoilt(tables), truth, [{ ...SITE, subscriptions, ...site }]);
  expect(mismatch?.what).toBe(what);
  expect(mismatch?.expected).not.toEqual(mismatch?.actual);
});
