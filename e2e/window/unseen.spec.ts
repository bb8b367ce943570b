import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import type { HeraldOptions } from '../testing/herald.ts';
import { domainsOf } from '../testing/herald.ts';
import { AUTHORITY, trustFile } from '../testing/identity.ts';
import { MessageBus } from '../testing/message-bus.ts';
import { PlainHerald } from '../testing/plain-herald.ts';
import { PushRelay } from '../testing/push-relay.ts';
import { domainEntry } from '../testing/service-list.ts';
import { test as base } from '../testing/test.ts';
import { TrayHost } from '../testing/tray-host.ts';
import { XDisplay, startWindowManager } from '../testing/x-display.ts';

/** How long nobody may look in these tests before everything is closed, and how much later that has to be done. */
const GRACE_MS = 1_000;
const DONE_WITHIN_MS = 1_000;

/** A way out of sight and back, and what the status says in between. */
interface OutOfSight {
  readonly away: () => Promise<unknown>;
  readonly says: string;
  readonly back: () => Promise<unknown>;
}

const test = base.extend<{
  readonly relay: PushRelay;
  readonly watched: Partial<HeraldOptions>;
  readonly openPlain: (options?: Partial<HeraldOptions>) => Promise<PlainHerald>;
}>({
  /** The way to the push server, under an ear. */
  relay: async ({ demo, owned }, provide) => {
    await provide(owned(await PushRelay.start(demo, ...demo.network.zones)));
  },
  /** Settings with which Herald takes that way, and pauses soon. */
  watched: async ({ demo, relay, scratch }, provide) => {
    const domains = domainsOf(demo, await trustFile(`${scratch}/trust.pem`, AUTHORITY.ca));
    await provide({ domains, settings: { graceSeconds: GRACE_MS / 1000 } });
    void relay; // it is there before and after
  },
  /** Opens Herald as a person does, with more settings than those. */
  openPlain: async ({ owned, scratch, start, watched }, provide) => {
    await provide(async ({ settings, ...options } = {}) =>
      owned(
        await PlainHerald.open(start, {
          ...watched,
          ...options,
          profile: `${scratch}/profile`,
          settings: { ...watched.settings, ...settings },
        }),
      ),
    );
  },
});

async function expectLive(page: Page): Promise<void> {
  for (const zone of ['office.test', 'lab.test'])
    await expect(domainEntry(page, zone)).toHaveAttribute('data-state', 'live');
}

/**
 * Expects a window that is live to hold nothing soon after it goes out of sight, its session closed in good order and in time,
 * and to be live again, over one session more, when it is back.
 */
async function expectPause(page: Page, relay: PushRelay, { away, says, back }: OutOfSight): Promise<void> {
  await expectLive(page);
  const session = relay.connections.at(-1)!;
  const awayMs = performance.now();
  await away();
  const closedAfterMs = (await session.closeNotifyMs) - awayMs;
  expect(closedAfterMs).toBeGreaterThan(GRACE_MS - 50);
  expect(closedAfterMs).toBeLessThan(GRACE_MS + DONE_WITHIN_MS);
  await session.over;
  expect(session.wire.slice(-2)).toEqual([21, 'FIN']);
  expect(relay.clients).toBe(0);
  await expect(page.getByRole('contentinfo')).toContainText(says);
  await back();
  await expectLive(page);
  expect(relay.connections).toHaveLength(2);
}

test('LIFE-01: a window that is hidden holds nothing after the time of grace, and is live again when shown', async ({
  open,
  relay,
  watched,
}) => {
  const { app, page } = await open(watched);
  await expectPause(page, relay, {
    away: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide()),
    says: 'Paused, window hidden',
    back: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show()),
  });
});

test('LIFE-01: a window that is minimised holds nothing after the time of grace, and is live again when restored', async ({
  openPlain,
  relay,
  start,
}) => {
  await startWindowManager(start);
  const { page } = await openPlain();
  const display = new XDisplay();
  const window = await display.window('Herald');
  await expectPause(page, relay, {
    away: () => display.minimise(window),
    says: 'Paused, window minimised',
    back: () => display.activate(window),
  });
});

test('LIFE-01: a window that another one covers holds nothing after the time of grace, and is live again when that goes', async ({
  openPlain,
  relay,
}) => {
  const herald = await openPlain();
  await herald.openSettings();
  const display = new XDisplay();
  const settings = await display.window('Herald settings');
  await expectPause(herald.page, relay, {
    away: () => display.cover(settings),
    says: 'Paused, window covered',
    back: () => display.resize(settings, 300, 200),
  });
});

test('LIFE-01: closed to the tray Herald holds nothing, and its icon brings it back', async ({
  openPlain,
  relay,
  scratch,
  start,
}) => {
  await startWindowManager(start);
  const bus = await MessageBus.start(start, scratch);
  const tray = await TrayHost.start(bus);
  const { page } = await openPlain({
    settings: { closeToTray: true, knowsTray: true },
    env: bus.environment('session'),
  });
  const display = new XDisplay();
  const window = await display.window('Herald');
  await expectPause(page, relay, {
    away: () => display.close(window),
    says: 'Paused, window hidden',
    back: () => tray.click(),
  });
});

test('where nobody shows icons the settings say so, and closing the window ends Herald all the same', async ({
  openPlain,
  start,
}) => {
  await startWindowManager(start);
  const herald = await openPlain({
    settings: { closeToTray: true },
    env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'disabled:' },
  });
  const settings = await herald.openSettings();
  await expect(settings.getByLabel('Keep Herald in the tray')).toBeDisabled();
  await expect(settings.getByText('shows no icons in a tray')).toBeVisible();
  await settings.close();
  const display = new XDisplay();
  await display.close(await display.window('Herald'));
  expect(await herald.command.ended).toMatchObject({ status: 0, signal: null });
});
