import { readFile } from 'node:fs/promises';
import { expect } from 'playwright/test';
import { domainsOf } from '../testing/herald.ts';
import { domainEntry } from '../testing/service-list.ts';
import { test } from '../testing/test.ts';

/** The form of a pin, and nobody's key. */
const WRONG_PIN = `${'A'.repeat(43)}=`;

test('why a server is believed stands beside its domain, and what it showed in the reasons', async ({
  demo,
  open,
  scratch,
}) => {
  const { page } = await open({ profile: `${scratch}/trust`, domains: domainsOf(demo) });
  const office = domainEntry(page, 'office.test');
  await expect(office).toContainText('Own authority');
  await office.getByRole('button', { name: /^Why is office\.test live/ }).click();

  const certificate = page.getByRole('region', { name: 'Certificate' });
  await expect(certificate).toContainText('push.office.test');
  await expect(certificate).toContainText(/SHA-256(?:[0-9A-F]{2}:){31}[0-9A-F]{2}/);
  await expect(certificate).toContainText(/TLS 1\.3, TLS_\w+, ALPN dot/);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await certificate.scrollIntoViewIfNeeded();
    await page.screenshot({ path: `out/e2e-certificate-${colorScheme}.png` });
  }
});

test('SEC-10, SEC-13: strictness and a pin chosen in the settings hold at once, and are kept', async ({
  demo,
  open,
  scratch,
}) => {
  const profile = `${scratch}/demands`;
  const first = await open({ profile, domains: domainsOf(demo) });
  const { app, page } = first;
  const lab = domainEntry(page, 'lab.test');
  await expect(lab).toHaveAttribute('data-state', 'live');

  const settings = await first.openSettings();
  const form = settings.getByRole('form', { name: 'lab.test' });
  await form.getByText('Whom to believe').click();
  await form.getByRole('checkbox').check();
  await expect(form.getByRole('status')).toHaveText('Used from now on.');
  await expect(lab).toHaveAttribute('data-state', 'live'); // its server has the domain’s own name

  await form.getByLabel('Pins').fill('nonsense');
  await form.getByRole('button', { name: 'Use pins' }).click();
  await expect(form.getByRole('status')).toContainText('“nonsense” is no pin');
  await form.getByLabel('Pins').fill(WRONG_PIN);
  await form.getByRole('button', { name: 'Use pins' }).click();
  await expect(lab).toContainText('Failed · identity doesn’t match');
  for (const colorScheme of ['light', 'dark'] as const) {
    await settings.emulateMedia({ colorScheme });
    await form.scrollIntoViewIfNeeded();
    await settings.screenshot({ path: `out/e2e-demands-${colorScheme}.png` });
  }
  await first.end(() => app.evaluate(({ app: running }) => running.quit()));

  const kept = JSON.parse(await readFile(`${profile}/settings.json`, 'utf8')) as {
    readonly domains: unknown;
  };
  expect(kept.domains).toMatchObject([
    {},
    { name: 'lab.test', demands: { isStrict: true, pins: [WRONG_PIN] } },
  ]);
  const again = await open({ profile });
  await expect(domainEntry(again.page, 'lab.test')).toContainText('Failed · identity doesn’t match');
  await expect(domainEntry(again.page, 'office.test')).toHaveAttribute('data-state', 'live');
});
