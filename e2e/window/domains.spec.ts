import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import { domainsOf } from '../testing/herald.ts';
import { domainEntry, serviceLine } from '../testing/service-list.ts';
import { test } from '../testing/test.ts';

/** Types a domain into the dialog and adds it; returns what the dialog answered, if it stays. */
async function add(page: Page, domain: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Domain' }).fill(domain);
  await page.getByRole('button', { name: 'Add domain' }).click();
}

test('a domain that cannot be added is refused in the dialog, with the reason', async ({ herald }) => {
  const { page } = herald;
  await page.getByRole('button', { name: 'Add a domain' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a domain' });
  await add(page, 'two..dots');
  await expect(dialog.getByRole('status')).toContainText('"two..dots" is no domain name');
  await add(page, 'Office.TEST.');
  await expect(dialog.getByRole('status')).toContainText(/is watched already/);
  await add(page, '.');
  await expect(dialog.getByRole('status')).toContainText(/root/);
  await page.screenshot({ path: 'out/e2e-refused.png' });
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('a domain that is added is watched, kept for the next start, and gone when it is removed', async ({
  demo,
  open,
  scratch,
}) => {
  const profile = `${scratch}/kept`;
  const first = await open({ profile, domains: domainsOf(demo) });
  await first.page.getByRole('button', { name: 'Add a domain' }).click();
  await add(first.page, 'printers.local');
  // It is never looked up by unicast DNS, so that nothing is asked of the machine's own resolver here.
  await expect(domainEntry(first.page, 'printers.local')).toHaveAttribute('data-state', 'failed');
  await expect(first.page.getByRole('main')).toContainText(/multicast only/);
  await domainEntry(first.page, 'lab.test').hover();
  await first.page.getByRole('button', { name: 'Stop watching lab.test' }).click();
  await first.page.getByRole('dialog').getByRole('button', { name: 'Stop watching' }).click();
  await expect(domainEntry(first.page, 'lab.test')).toHaveCount(0);
  await first.page.getByRole('button', { name: /^All services, / }).click();
  await expect(serviceLine(first.page, '_ipp._tcp', 'Meeting Room 3')).toBeVisible();
  await expect(serviceLine(first.page, '_ipp._tcp', 'Labels Cleanroom')).toHaveCount(0);
  await first.end(() => first.app.evaluate(({ app }) => app.quit()));

  const { page } = await open({ profile });
  await expect(domainEntry(page, 'office.test')).toHaveAttribute('data-state', 'live');
  await expect(domainEntry(page, 'printers.local')).toHaveAttribute('data-state', 'failed');
  await expect(domainEntry(page, 'lab.test')).toHaveCount(0);
});

test('settings that cannot be understood are set aside, and Herald starts without them', async ({
  open,
  scratch,
}) => {
  const profile = `${scratch}/broken`;
  await mkdir(profile);
  await writeFile(`${profile}/settings.json`, '{"version": 1, "domains": [');
  const { page } = await open({ profile });
  await expect(
    page.getByText(/^(?:Which domain should we watch|Your network doesn’t suggest a domain)/),
  ).toBeVisible();

  expect(existsSync(`${profile}/settings.json`)).toBe(false);
  expect(await readFile(`${profile}/settings.json.unreadable`, 'utf8')).toBe('{"version": 1, "domains": [');
});

test('a certificate file that has gone is told, and nobody else is trusted in its place', async ({
  demo,
  open,
  scratch,
}) => {
  const { page } = await open({ domains: domainsOf(demo, `${scratch}/gone.pem`) });
  await expect(domainEntry(page, 'office.test')).toHaveAttribute('data-state', 'failed');
  await domainEntry(page, 'office.test')
    .getByRole('button', { name: /^office\.test/ })
    .click();
  await expect(page.getByRole('main')).toContainText('No secure connection could be made');
  await expect(page.getByRole('main')).toContainText(
    /gone\.pem cannot be read: it is not there\. Choose another file\./,
  );
});
