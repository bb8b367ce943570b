import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'playwright/test';
import { domainEntry, serviceLine, shownServices } from '../testing/service-list.ts';
import { test } from '../testing/test.ts';

const PRINTER = /^_(?:ipp|ipps|printer|pdl-datastream|octoprint)\._tcp$/;

test('it starts on its demo network: both domains live, the printers listed first', async ({ open }) => {
  const herald = await open({ switches: ['--demo', '--quiet'] });
  const { app, page, complaints } = herald;
  const electron = await app.evaluate(() => process.versions.electron);
  test.info().annotations.push({ type: 'Electron', description: electron });
  process.stdout.write(`      on Electron ${electron}\n`);

  for (const domain of ['office.test', 'lab.test']) {
    await expect(domainEntry(page, domain)).toHaveAttribute('data-state', 'live');
  }
  await expect(page.getByLabel('Status', { exact: true })).toContainText('Both domains live');
  await expect(serviceLine(page, '_ipp._tcp', "Dr. Pepper's “Büro” \\ 2.OG")).toBeVisible();
  await page.screenshot({ path: 'out/e2e-all.png' });
  await herald.showAll();
  await expect(serviceLine(page, '_ntp._udp', 'time')).toBeVisible();
  const types = (await shownServices(page)).map(({ type }) => type);
  const printers = types.filter((type) => PRINTER.test(type));
  expect(printers.length).toBeGreaterThan(30);
  expect(types.slice(0, printers.length)).toEqual(printers);

  await page.getByRole('button', { name: /^Printers, / }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Printers');
  await expect.poll(async () => (await shownServices(page)).map(({ type }) => type)).toEqual(printers);
  expect(complaints).toEqual([]);
});

test('what was started with --demo goes with it: nothing of it stays, and the next start without it watches nothing', async ({
  open,
  scratch,
}) => {
  const profile = `${scratch}/kept`;
  const first = await open({ profile, switches: ['--demo', '--quiet'] });
  await expect(domainEntry(first.page, 'office.test')).toHaveAttribute('data-state', 'live');
  const log = await readFile(`${profile}/logs/herald.log`, 'utf8');
  const key = /nsupdate’s key is (\S+)/.exec(log)?.[1] ?? '';
  expect(existsSync(key)).toBe(true);
  const end = await first.end(() => first.app.evaluate(({ app }) => app.quit()));
  expect(end.status).toBe(0);
  expect(end.tookMs).toBeLessThan(1_000);
  expect(existsSync(path.dirname(key))).toBe(false);

  const { page } = await open({ profile });
  await expect(
    page.getByText(/^(?:Which domain should we watch|Your network doesn’t suggest a domain)/),
  ).toBeVisible();
  await page.screenshot({ path: 'out/e2e-empty.png' });
});
