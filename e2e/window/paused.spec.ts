import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import type { Update } from '../../main/contract/api.ts';
import { snapshot } from '../testing/bridge.ts';
import type { Herald } from '../testing/herald.ts';
import { domainsOf } from '../testing/herald.ts';
import { AUTHORITY, trustFile } from '../testing/identity.ts';
import { PushRelay } from '../testing/push-relay.ts';
import { domainEntry, serviceLine } from '../testing/service-list.ts';
import { test } from '../testing/test.ts';

async function expectAll(page: Page, state: 'live' | 'paused'): Promise<void> {
  for (const zone of ['office.test', 'lab.test'])
    await expect(domainEntry(page, zone)).toHaveAttribute('data-state', state);
}

function choosePauseInMenu({ app }: Herald): Promise<void> {
  return app.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
    items.find(({ label }) => label === 'Pause or Resume')?.click();
  });
}

test('the user’s own Pause closes everything at once, holds over a restart, and ends when the user says so', async ({
  demo,
  open,
  owned,
  scratch,
}) => {
  const profile = `${scratch}/profile`;
  const relay = owned(await PushRelay.start(demo, ...demo.network.zones));
  const trust = await trustFile(`${scratch}/trust.pem`, AUTHORITY.ca);
  const first = await open({ profile, domains: domainsOf(demo, trust) });
  await expectAll(first.page, 'live');
  await first.page.getByRole('button', { name: 'Pause' }).click();
  await relay.connections[0]!.over;
  expect(relay.connections[0]!.wire.slice(-2)).toEqual([21, 'FIN']);
  await expectAll(first.page, 'paused');
  await expect(first.page.getByText('Paused by you.')).toBeVisible();
  await expect(serviceLine(first.page, '_ipp._tcp', 'Meeting Room 3')).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await first.page.emulateMedia({ colorScheme });
    await first.page.screenshot({ path: `out/e2e-paused-${colorScheme}.png` });
  }
  await first.end(() => first.app.evaluate(({ app }) => app.quit()));

  const second = await open({ profile });
  await expectAll(second.page, 'paused');
  await expect(second.page.getByRole('contentinfo')).toContainText('Paused by you');
  expect(relay.connections).toHaveLength(1);
  await second.page.keyboard.press('Control+p');
  await expectAll(second.page, 'live');
  await expect(second.page.getByText('Paused by you.')).toHaveCount(0);
  await choosePauseInMenu(second);
  await expectAll(second.page, 'paused');
  await choosePauseInMenu(second);
  await expectAll(second.page, 'live');
  expect(relay.connections).toHaveLength(3);
  expect([...first.complaints, ...second.complaints]).toEqual([]);
});

test('when a pause is over it is said from when until when nothing was watched', async ({ herald }) => {
  const { app, page } = herald;
  await expectAll(page, 'live');
  await expect
    .poll(async () => (await snapshot(page)).tables.domains.every(({ settledMs }) => settledMs !== null))
    .toBe(true); // nothing else is told from now on, so that the next revision is ours
  // An hour out of sight is too long for a test, so the main process is made to tell of one.
  const { revision, tables } = await snapshot(page);
  const gap = {
    fromMs: new Date(2026, 10, 3, 14, 3).getTime(),
    untilMs: new Date(2026, 10, 3, 15, 20).getTime(),
    cause: 'hidden',
  } as const;
  const update: Update = {
    revision: revision + 1,
    tables: { activity: { put: [{ ...tables.activity[0]!, gap }], drop: [] } },
  };
  await app.evaluate(
    ({ BrowserWindow }, told) => BrowserWindow.getAllWindows()[0]?.webContents.send('update', told),
    JSON.stringify(update),
  );
  const notice = page.getByText('Paused while hidden. Nothing was watched from 14:03 to 15:20.');
  await expect(notice).toBeVisible();
  await page.screenshot({ path: 'out/e2e-away.png' });
  const opening = app.waitForEvent('window');
  await page.getByRole('button', { name: 'Keep watching next time…' }).click();
  const settings = await opening;
  await settings.getByLabel('Stop watching while nobody can see').uncheck();
  await expect(settings.getByLabel(/^After.*seconds$/)).toBeDisabled();
  await settings.screenshot({ path: 'out/e2e-settings-pausing.png' });
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(notice).toHaveCount(0);
});
