import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import { domainsOf } from '../testing/herald.ts';
import { AUTHORITY, trustFile } from '../testing/identity.ts';
import { Logind, MessageBus } from '../testing/message-bus.ts';
import { PlainHerald } from '../testing/plain-herald.ts';
import { PushRelay } from '../testing/push-relay.ts';
import { domainEntry } from '../testing/service-list.ts';
import { test as base } from '../testing/test.ts';
import { expectShown, truthOf } from '../testing/truth.ts';
import { XDisplay } from '../testing/x-display.ts';

/** Everything is to be closed within this time of a sleep's announcement. */
const SUSPEND_LIMIT_MS = 500;

/** Herald on a machine whose logind is the test's own, live, its sessions under an ear. */
interface Laptop {
  readonly herald: PlainHerald;
  readonly logind: Logind;
  readonly relay: PushRelay;
}

const test = base.extend<{ readonly laptop: Laptop }>({
  laptop: async ({ demo, owned, scratch, start }, provide) => {
    const bus = await MessageBus.start(start, scratch);
    const logind = await Logind.start(bus);
    const relay = owned(await PushRelay.start(demo, ...demo.network.zones));
    const domains = domainsOf(demo, await trustFile(`${scratch}/trust.pem`, AUTHORITY.ca));
    const env = bus.environment('system');
    const herald = owned(await PlainHerald.open(start, { profile: `${scratch}/profile`, domains, env }));
    const display = new XDisplay();
    await display.resize(await display.window('Herald'), 1300, 4000); // no line of the list is out of it
    await expectLive(herald.page);
    await expect.poll(() => logind.isHeld()).toBe(true);
    await provide({ herald, logind, relay });
  },
});

async function expectLive(page: Page): Promise<void> {
  for (const zone of ['office.test', 'lab.test'])
    await expect(domainEntry(page, zone)).toHaveAttribute('data-state', 'live');
}

test('LIFE-02: the announcement of a sleep closes every session within 500 ms, and the machine is let go', async ({
  laptop: { herald, logind, relay },
}) => {
  const [session] = relay.connections;
  const announcedMs = performance.now();
  await logind.announceSleep(true);
  expect((await session!.closeNotifyMs) - announcedMs).toBeLessThan(SUSPEND_LIMIT_MS);
  await session!.over;
  expect(session!.wire.slice(-2)).toEqual([21, 'FIN']);
  await expect.poll(() => logind.isHeld()).toBe(false);
  const page = await herald.lookAgain();
  await expect(page.getByRole('contentinfo')).toContainText('Paused, computer asleep');
  expect(relay.clients).toBe(0);
});

test('LIFE-02: after a sleep the window shows the zones as they have become, over one new session', async ({
  demo,
  laptop: { herald, logind, relay },
}) => {
  await logind.announceSleep(true);
  await relay.connections[0]!.over;
  const name = String.raw`Night\032Shift._ipp._tcp.lab.test`;
  await demo.update(
    'lab.test',
    'update delete _ssh._tcp.lab.test',
    `update add _ipp._tcp.lab.test 60 PTR ${name}`,
    `update add ${name} 60 SRV 0 0 631 night.lab.test`,
    `update add ${name} 60 TXT "note=came while it slept"`,
    'update add night.lab.test 60 A 198.51.100.99',
  );
  await demo.update('office.test', 'update delete _http._tcp.office.test');
  await logind.announceSleep(false);
  const page = await herald.lookAgain();
  await expectLive(page);
  await expectShown(page, await truthOf(demo));
  expect(relay.connections).toHaveLength(2);
  await expect.poll(() => logind.isHeld()).toBe(true);
});

test('LIFE-02: announcements that come twice and out of order are one sleep and one wake', async ({
  demo,
  laptop: { herald, logind, relay },
}) => {
  for (const isGoing of [true, true, false, true, false, false]) await logind.announceSleep(isGoing);
  await expect.poll(() => relay.connections.length).toBe(2);
  const page = await herald.lookAgain();
  await expectLive(page);
  await expectShown(page, await truthOf(demo));
  expect(relay.connections).toHaveLength(2);
  expect(relay.clients).toBe(1);
});

test('the announcement of a shutdown ends Herald in good order, within a second', async ({
  laptop: { herald, logind, relay },
}) => {
  const announcedMs = performance.now();
  await logind.announceShutdown();
  const { status, signal } = await herald.command.ended;
  expect(performance.now() - announcedMs).toBeLessThan(1_000);
  expect({ status, signal }).toEqual({ status: 0, signal: null });
  await relay.connections[0]!.over;
  expect(relay.connections[0]!.wire.slice(-2)).toEqual([21, 'FIN']);
});
