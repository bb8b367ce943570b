import { expect } from 'playwright/test';
import { domainEntry } from '../testing/service-list.ts';
import { test } from '../testing/test.ts';

test('the state of a domain opens the steps that led there, and their report can be copied', async ({
  herald,
}) => {
  const { app, page } = herald;
  await domainEntry(page, 'office.test')
    .getByRole('button', { name: /^Why is office\.test live/ })
    .click();
  const pane = page.getByRole('complementary', { name: 'Why office.test stands as it does' });
  await expect(pane.getByRole('heading', { level: 2 })).toHaveText('office.test is live');
  await expect(pane.locator('[data-verdict=passed].rung')).toHaveCount(10);
  await expect(pane).toContainText(/SOA _services\._dns-sd\._udp\.office\.test: 127\.0\.0\.1 port \d+/);

  await pane.getByRole('button', { name: 'Copy report' }).click();
  await expect(pane.getByRole('button', { name: 'Report copied' })).toBeVisible();
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toMatch(
    /^# office\.test is live\n[^]*\n10\. ✓ \*\*Staying up\*\*/,
  );
  await page.keyboard.press('Escape');
  await expect(pane).toHaveCount(0);
});

test('a domain that failed says in the sidebar at which step, and what to do beside its steps', async ({
  herald,
}) => {
  const { page } = herald;
  await page.getByRole('button', { name: 'Add a domain' }).click();
  await page.getByRole('textbox', { name: 'Domain' }).fill('printers.local');
  await page.getByRole('button', { name: 'Add domain' }).click();
  await expect(domainEntry(page, 'printers.local')).toContainText('Failed · not found');

  await page.getByRole('main').getByRole('button', { name: 'Why?' }).click();
  const pane = page.getByRole('complementary', { name: 'Why printers.local stands as it does' });
  await expect(pane.getByRole('status')).toContainText('Choose a domain of ordinary DNS.');
  await expect(pane.locator('.rung[aria-current=step]')).toContainText('Zone, failed');
  await expect(pane.locator('[data-verdict=not-tried].rung')).toHaveCount(9);
});
