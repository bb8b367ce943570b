import { expect, test } from 'vitest';
import type { AdmissionLimits } from '../../protocol/push/admission.ts';
import { Admission } from '../../protocol/push/admission.ts';
import { Random } from '../../protocol/testing/fuzz/random.ts';
import { OFFICE } from './testing/browsing.ts';
import { Ether } from './testing/ether.ts';
import type { Knock, Outage } from './testing/herd.ts';
import { Herd, mostInOneSecond } from './testing/herd.ts';
import { Workspace } from './workspace.ts';

const CLIENTS = 10_000;
/** A server for as many clients, which takes its time for each that is new. */
const LIMITS: AdmissionLimits = {
  maxSessions: 20_000,
  sessionsPerSecond: 200,
  burst: 200,
  minDelayMs: 5_000,
};

/** What happens at the door of a server with 10,000 clients. */
function outage(how: Outage['how'], forMs: number) {
  const herd = new Herd(CLIENTS, LIMITS, 8490);
  const knocks = herd.outage({ how, forMs });
  const letIn = knocks.filter(({ became }) => became === 'let-in');
  return { herd, knocks, letIn, lastMs: Math.max(...moments(letIn)) };
}

function moments(knocks: readonly Knock[]): readonly number[] {
  return knocks.map(({ atMs }) => atMs);
}

test('END-05: after a restart in good order 10,000 clients come back one by one, each when it was told to, within 75 s', () => {
  const { herd, knocks, letIn, lastMs } = outage('orderly', 2_000);
  expect(new Set(letIn.map(({ client }) => client)).size).toBe(CLIENTS);
  expect(mostInOneSecond(moments(knocks))).toBeLessThan(0.02 * CLIENTS);
  expect(lastMs).toBeLessThan(75_000);
  const late = knocks.filter(({ client, atMs }) => atMs !== herd.dismissals.get(client));
  expect(late).toEqual([]);
});

test('END-09: after a crash each comes at once, which the server survives: it lets in what it can, and tells the others when to come', () => {
  const { knocks, letIn, lastMs } = outage('crash', 0);
  expect(moments(knocks).filter((ms) => ms === 0)).toHaveLength(CLIENTS);
  expect(mostInOneSecond(moments(letIn))).toBeLessThanOrEqual(LIMITS.burst + LIMITS.sessionsPerSecond);
  const later = knocks.filter(({ atMs }) => atMs > 0);
  expect(mostInOneSecond(moments(later))).toBeLessThan(0.02 * CLIENTS);
  expect(new Set(letIn.map(({ client }) => client)).size).toBe(CLIENTS);
  expect(lastMs).toBeLessThan(75_000);
});

test.each([
  [1_500, 70_000],
  [5_000, 70_000],
  [60_000, 180_000],
])(
  'END-09: while nothing listens for %d ms after a crash, 10,000 clients get out of step, and all are back within %d ms',
  (forMs, withinMs) => {
    const { knocks, letIn, lastMs } = outage('crash', forMs);
    const tries = (from: number, to: number): number =>
      mostInOneSecond(moments(knocks).filter((ms) => ms >= from && ms < to));
    expect(tries(0, 1)).toBe(CLIENTS); // the one attempt at once
    expect(tries(1, 4_000)).toBeLessThan(0.52 * CLIENTS); // the second, 1 to 3 s later
    expect(tries(4_000, 10_000)).toBeLessThan(0.3 * CLIENTS);
    expect(mostInOneSecond(moments(letIn))).toBeLessThanOrEqual(LIMITS.burst + LIMITS.sessionsPerSecond);
    expect(new Set(letIn.map(({ client }) => client)).size).toBe(CLIENTS);
    expect(lastMs).toBeLessThan(withinMs);
  },
);

test('END-05: who is sent away at the door comes back to the millisecond, however often it happened', () => {
  const { knocks } = outage('crash', 1_500);
  const expectedMs = new Map<number, number>();
  const wrong: Knock[] = [];
  let sentAway = 0;
  for (const knock of knocks) {
    const { atMs, client, became } = knock;
    if (atMs !== (expectedMs.get(client) ?? atMs)) wrong.push(knock);
    expectedMs.delete(client);
    if (typeof became === 'string') continue;
    sentAway += 1;
    expectedMs.set(client, atMs + became.awayForMs);
  }
  expect(wrong).toEqual([]);
  expect(sentAway).toBeGreaterThan(0.8 * CLIENTS);
});

test('END-05: the whole client does so too: 100 of them, over DSO, with a server that lets in five a second', async () => {
  const ether = new Ether(OFFICE);
  const random = new Random(6763);
  const fraction = (): number => random.u32() / 2 ** 32;
  const workspaces = Array.from({ length: 100 }, () => {
    return new Workspace({
      clock: ether.clock,
      connect: ether.connect,
      checkTcp: () => Promise.reject(new TypeError('nobody checks a service')),
      random: fraction,
      resolverAt: () => ether.resolver,
      enumerationBases: () => Promise.resolve([]),
      updateIntervalMs: 50,
    });
  });
  for (const workspace of workspaces) workspace.watch({ domain: '_ipp._tcp.office.test' });
  const live = (): number =>
    workspaces.filter((each) => each.snapshot().tables.domains[0]?.state === 'live').length;
  await ether.pass(60_000);
  expect(live()).toBe(100);

  const door = new Admission({ ...LIMITS, sessionsPerSecond: 5, burst: 5 }, fraction);
  ether.turnAwayMs = () => door.arrived(ether.clock.nowMs());
  for (const link of ether.links) link.cut();
  await ether.pass(0);
  expect(live()).toBe(5);
  expect(ether.links).toHaveLength(200);
  const came: number[] = [];
  for (let second = 0; second < 45; second++) {
    const before = ether.links.length;
    for (let step = 0; step < 10; step++) await ether.pass(100);
    came.push(ether.links.length - before);
  }
  expect(came.slice(0, 4)).toEqual([0, 0, 0, 0]); // nobody before the shortest delay
  expect(Math.max(...came)).toBeLessThanOrEqual(8);
  expect(live()).toBe(100);
  const closed = workspaces.map((each) => each.close());
  await ether.pass(1_000);
  await Promise.all(closed);
});
