import { expect } from 'playwright/test';
import { deadPort } from '../testing/rogue-server.ts';
import { domainEntry } from '../testing/service-list.ts';
import { test } from '../testing/test.ts';

test('a resolver and an authority chosen in the settings are used at once, and kept', async ({
  demo,
  open,
  scratch,
}) => {
  const profile = `${scratch}/reach`;
  const dead = { host: '127.0.0.1', port: await deadPort() };
  const first = await open({ profile, domains: [{ name: 'office.test', resolver: dead }] });
  const { app, page } = first;
  await expect(domainEntry(page, 'office.test')).toContainText('Failed · not found');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, demo.network.caPath);

  const settings = await first.openSettings();
  const form = settings.getByRole('form', { name: 'office.test' });
  await expect(form.getByLabel('Resolver')).toHaveValue(`127.0.0.1:${dead.port}`);
  await form.getByLabel('Resolver').fill('nonsense:99999');
  await form.getByRole('button', { name: 'Use' }).click();
  await expect(form.getByRole('status')).toContainText('is no resolver');

  await form.getByLabel('Resolver').fill(demo.resolver);
  await form.getByRole('button', { name: 'Use' }).click();
  await expect(domainEntry(page, 'office.test')).toContainText('Failed · identity doesn’t match');
  await form.getByRole('button', { name: 'Choose…' }).click();
  await expect(domainEntry(page, 'office.test')).toHaveAttribute('data-state', 'live');
  for (const colorScheme of ['light', 'dark'] as const) {
    await settings.emulateMedia({ colorScheme });
    await settings.screenshot({ path: `out/e2e-reach-${colorScheme}.png` });
  }
  await first.end(() => app.evaluate(({ app: running }) => running.quit()));

  const again = await open({ profile });
  await expect(domainEntry(again.page, 'office.test')).toHaveAttribute('data-state', 'live');
});
