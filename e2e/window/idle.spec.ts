import { expect } from 'playwright/test';
import { domainsOf } from '../testing/herald.ts';
import { AUTHORITY, trustFile } from '../testing/identity.ts';
import { PushRelay } from '../testing/push-relay.ts';
import { domainEntry } from '../testing/service-list.ts';
import { pretendIdle } from '../testing/stand-ins.ts';
import { test } from '../testing/test.ts';

test('LIFE-01: while nobody uses the computer nothing is held, if the settings say so, and everything is live when somebody does', async ({
  demo,
  open,
  owned,
  scratch,
}) => {
  const relay = owned(await PushRelay.start(demo, ...demo.network.zones));
  const trust = await trustFile(`${scratch}/trust.pem`, AUTHORITY.ca);
  const env = { ...process.env, WAYLAND_DISPLAY: 'wayland-0' }; // where this is of most use; the window is on X all the same
  const herald = await open({ domains: domainsOf(demo, trust), env });
  const { page } = herald;
  const office = domainEntry(page, 'office.test');
  await expect(office).toHaveAttribute('data-state', 'live');
  await pretendIdle(herald, 3 * 60);

  const settings = await herald.openSettings();
  await expect(settings.getByText(/On Wayland .* The next choice stops it/)).toBeVisible();
  await expect(settings.getByLabel(/^After.*minutes/)).toBeDisabled();
  await settings.getByLabel('Stop watching while nobody uses the computer').check();
  await expect(settings.getByLabel(/^After.*minutes/)).toHaveValue('10');
  await expect(office).toHaveAttribute('data-state', 'live');
  await settings.getByLabel(/^After.*minutes/).fill('3');
  await relay.connections[0]!.over;
  expect(relay.connections[0]!.wire.slice(-2)).toEqual([21, 'FIN']);
  await expect(page.getByRole('contentinfo')).toContainText('Paused, no input for 3 minutes');
  await settings.screenshot({ path: 'out/e2e-settings-idle.png', fullPage: true });
  await page.screenshot({ path: 'out/e2e-idle.png' });
  await settings.close();

  await pretendIdle(herald, 1);
  await expect(office).toHaveAttribute('data-state', 'live');
  await expect(page.getByRole('contentinfo')).not.toContainText('Paused');
  expect(relay.connections).toHaveLength(2);
  expect(herald.complaints).toEqual([]);
});
