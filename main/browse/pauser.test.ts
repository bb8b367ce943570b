import { afterEach, expect, test } from 'vitest';
import type { ActivityRow } from '../contract/activity.ts';
import { VirtualClock } from '../net/virtual-clock.ts';
import { Pauser } from './pauser.ts';
import { Browsing, OFFICE } from './testing/browsing.ts';
import { PAUSE_SETTINGS } from './testing/pausing.ts';

const START = { settings: PAUSE_SETTINGS, isNetworkUp: true };

let browsing: Browsing;
let pauser: Pauser;

/** A workspace that watches a zone, and whoever pauses it, on one virtual clock. */
async function watching(): Promise<void> {
  browsing = new Browsing(OFFICE);
  const { workspace, ether } = browsing;
  pauser = new Pauser({ clock: ether.clock, random: () => 0.5, pausable: workspace, start: START });
  pauser.take({ kind: 'window', id: 1, state: 'shown' });
  await browsing.watch('office.test');
}

function activity(): ActivityRow | undefined {
  return browsing.workspace.snapshot().tables.activity[0];
}

afterEach(async () => {
  pauser.close();
  expect(await browsing.end(), 'timers left behind').toBe(0);
});

test('LIFE-01: a window that is hidden for the time of grace closes the session, and shown again a new one opens', async () => {
  await watching();
  pauser.take({ kind: 'window', id: 1, state: 'hidden' });
  await browsing.ether.pass(29_999);
  expect(browsing.domain()).toMatchObject({ state: 'live' });
  expect(activity()).toMatchObject({ state: 'grace', cause: 'hidden' });

  await browsing.ether.pass(1);
  expect(browsing.ether.link.clientEnd).toBe('close');
  expect(browsing.domain()).toMatchObject({ state: 'paused', reason: activity()?.reason });

  pauser.take({ kind: 'window', id: 1, state: 'shown' });
  await browsing.ether.pass(0);
  expect(browsing.domain()).toMatchObject({ state: 'live' });
  expect(browsing.ether.links).toHaveLength(2);
});

test('LIFE-02: a suspend closes the session before it returns, and the wake is followed by one reconnect', async () => {
  await watching();
  pauser.take({ kind: 'suspend' });
  expect(browsing.ether.link.clientEnd).toBe('close');
  pauser.take({ kind: 'suspend' });
  browsing.ether.clock.sleep(3_600_000);
  pauser.take({ kind: 'resume' });
  pauser.take({ kind: 'resume' });
  expect(activity()).toMatchObject({ state: 'waking' });
  await browsing.ether.pass(5_000);
  expect(browsing.domain()).toMatchObject({ state: 'live' });
  expect(browsing.ether.links).toHaveLength(2);
});

test('LIFE-02: a sleep that nobody tells of has every session probed', async () => {
  await watching();
  await browsing.ether.pass(25_000);
  const writes = browsing.ether.link.clientWrites;
  browsing.ether.clock.sleep(3_600_000);
  await browsing.ether.pass(15_000);
  expect(browsing.ether.link.clientWrites).toBe(writes + 1);
  expect(browsing.ether.links).toHaveLength(1);
});

test('LIFE-02: a change of the network has every session probed, once', async () => {
  await watching();
  await browsing.ether.pass(25_000);
  const writes = browsing.ether.link.clientWrites;
  pauser.take({ kind: 'network', isUp: false });
  pauser.take({ kind: 'network', isUp: true });
  await browsing.ether.pass(2_000);
  expect(browsing.ether.link.clientWrites).toBe(writes + 1);
  expect(browsing.ether.links).toHaveLength(1);
});

test('what happens in the midst of a pause is taken when that is done', () => {
  const clock = new VirtualClock();
  const done: string[] = [];
  const inTurn = new Pauser({
    clock,
    random: () => 0.5,
    start: START,
    pausable: {
      pause: () => {
        inTurn.take({ kind: 'window', id: 1, state: 'shown' });
        done.push('paused');
        return Promise.resolve();
      },
      narrow: () => done.push('narrowed'),
      resume: () => done.push('resumed'),
      suspect: () => done.push('suspected'),
      showActivity: ({ state }) => done.push(state),
    },
  });
  inTurn.take({ kind: 'window', id: 1, state: 'hidden' });
  clock.advance(30_000);
  inTurn.close();
  expect(done).toEqual(['active', 'grace', 'paused', 'resumed', 'active']);
  expect(clock.waiting).toBe(0);
});

test('windows are told how it stands when that changes, and not when time merely passes', async () => {
  await watching();
  const told: (string | undefined)[] = [];
  browsing.workspace.onUpdate(({ tables }) => {
    if (tables.activity !== undefined) told.push(tables.activity.put[0]?.state);
  });
  await browsing.ether.pass(60_000);
  pauser.take({ kind: 'page', id: 1, visibility: 'visible' });
  pauser.take({ kind: 'page', id: 1, visibility: 'hidden' });
  await browsing.ether.pass(60_000);
  expect(told).toEqual(['grace', 'paused']);
});
