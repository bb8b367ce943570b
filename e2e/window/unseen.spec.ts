import path from 'node:path';
import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import { ROOT } from '../testing/command.ts';
import type { HeraldOptions } from '../testing/herald.ts';
import { domainsOf } from '../testing/herald.ts';
import { AUTHORITY, trustFile } from '../testing/identity.ts';
import { MessageBus } from '../testing/message-bus.ts';
import { PlainHerald } from '../testing/plain-herald.ts';
import { PushRelay } from '../testing/push-relay.ts';
import { domainEntry } from '../testing/service-list.ts';
import { test as base } from '../testing/test.ts';
import { XDisplay, startWindowManager } from '../testing/x-display.ts';

/** How long nobody may look in these tests before everything is closed, and how much later that has to be done. */
const GRACE_MS = 1_000;
const DONE_WITHIN_MS = 1_000;

const TRAY = 'org.kde.StatusNotifierWatcher';
const ICON_OBJECT = '/StatusNotifierItem';

const test = base.extend<{ readonly relay: PushRelay; readonly watched: Partial<HeraldOptions> }>({
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
});

async function expectLive(page: Page): Promise<void> {
  for (const zone of ['office.test', 'lab.test'])
    await expect(domainEntry(page, zone)).toHaveAttribute('data-state', 'live');
}

/** Does something that hides the window, and expects the session that stands to end in time, in good order. */
async function expectClosedBy(relay: PushRelay, hide: () => Promise<unknown>): Promise<void> {
  const session = relay.connections.at(-1)!;
  const hiddenMs = performance.now();
  await hide();
  const closedAfterMs = (await session.closeNotifyMs) - hiddenMs;
  expect(closedAfterMs).toBeGreaterThan(GRACE_MS - 50);
  expect(closedAfterMs).toBeLessThan(GRACE_MS + DONE_WITHIN_MS);
  await session.over;
  expect(session.wire.slice(-2)).toEqual([21, 'FIN']);
  expect(relay.clients).toBe(0);
}

test('LIFE-01: a window that is hidden holds nothing after the time of grace, and is live again when shown', async ({
  open,
  relay,
  watched,
}) => {
  const { app, page } = await open(watched);
  await expectLive(page);
  await expectClosedBy(relay, () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide()),
  );
  await expect(page.getByRole('contentinfo')).toContainText('Paused, window hidden');
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show());
  await expectLive(page);
  expect(relay.connections).toHaveLength(2);
});

test('LIFE-01: a window that is minimised holds nothing after the time of grace, and is live again when restored', async ({
  owned,
  relay,
  scratch,
  start,
  watched,
}) => {
  await startWindowManager(start);
  const { page } = owned(await PlainHerald.open(start, { profile: `${scratch}/profile`, ...watched }));
  await expectLive(page);
  const display = new XDisplay();
  const window = await display.window('Herald');
  await expectClosedBy(relay, () => display.minimise(window));
  await expect(page.getByRole('contentinfo')).toContainText('Paused, window minimised');
  await display.activate(window);
  await expectLive(page);
  expect(relay.connections).toHaveLength(2);
});

test('LIFE-01: a window that another one covers holds nothing after the time of grace, and is live again when that goes', async ({
  owned,
  relay,
  scratch,
  start,
  watched,
}) => {
  const herald = owned(await PlainHerald.open(start, { profile: `${scratch}/profile`, ...watched }));
  await expectLive(herald.page);
  await herald.openSettings();
  const display = new XDisplay();
  const settings = await display.window('Herald settings');
  await expectClosedBy(relay, () => display.cover(settings));
  await expect(herald.page.getByRole('contentinfo')).toContainText('Paused, window covered');
  await display.resize(settings, 300, 200);
  await expectLive(herald.page);
  expect(relay.connections).toHaveLength(2);
});

test('LIFE-01: closed to the tray Herald holds nothing, and its icon brings it back', async ({
  owned,
  relay,
  scratch,
  start,
  watched,
}) => {
  await startWindowManager(start);
  const bus = await MessageBus.start(start, scratch);
  const tray = await bus.mock('session', path.join(ROOT, 'e2e/testing/tray-host.py'), TRAY);
  const herald = owned(
    await PlainHerald.open(start, {
      ...watched,
      profile: `${scratch}/profile`,
      settings: { ...watched.settings, closeToTray: true },
      env: bus.environment('session'),
    }),
  );
  await expectLive(herald.page);
  const icon = await tray.line((line) => /RegisterStatusNotifierItem "([^"]+)"/.exec(line)?.[1]);
  const display = new XDisplay();
  await expectClosedBy(relay, async () => display.close(await display.window('Herald')));
  await bus.call('session', icon, ICON_OBJECT, 'org.kde.StatusNotifierItem.Activate', '0', '0');
  await expectLive(herald.page);
  expect(relay.connections).toHaveLength(2);
});

test('where nobody shows icons the settings say so, and closing the window ends Herald all the same', async ({
  owned,
  scratch,
  start,
  watched,
}) => {
  await startWindowManager(start);
  const herald = owned(
    await PlainHerald.open(start, {
      ...watched,
      profile: `${scratch}/profile`,
      settings: { closeToTray: true },
      env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'disabled:' },
    }),
  );
  const settings = await herald.openSettings();
  await expect(settings.getByLabel('Keep Herald in the tray')).toBeDisabled();
  await expect(settings.getByText('shows no icons in a tray')).toBeVisible();
  await settings.close();
  const display = new XDisplay();
  await display.close(await display.window('Herald'));
  expect(await herald.command.ended).toMatchObject({ status: 0, signal: null });
});
