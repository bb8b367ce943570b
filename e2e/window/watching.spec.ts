import { expect } from 'playwright/test';
import { domainsOf } from '../testing/herald.ts';
import { domainEntry, serviceLine } from '../testing/service-list.ts';
import { clickNotice, listenToNotices, noticesOf } from '../testing/stand-ins.ts';
import { test } from '../testing/test.ts';

const ZONE = 'office.test';
const IPP = `_ipp._tcp.${ZONE}`;
const PHOTO = String.raw`Photo\032Corner.${IPP}`;

test('a service that is watched stays in view, is notified of, and outlives kill -9', async ({
  demo,
  open,
}) => {
  const domains = domainsOf(demo).filter(({ name }) => name === ZONE);
  const first = await open({ domains });
  const { page } = first;
  await listenToNotices(first);
  await expect(domainEntry(page, ZONE)).toHaveAttribute('data-settled', '');
  const line = serviceLine(page, '_ipp._tcp', 'Photo Corner');
  await line.click();
  await line.press('Space');
  await expect(line.getByRole('button', { name: 'Stop watching Photo Corner' })).toBeVisible();
  await page.keyboard.press('Control+3');
  await expect(page.getByRole('main').locator('.content-count')).toHaveText('1 service');
  await page.screenshot({ path: 'out/e2e-watching.png' });

  const settings = await first.openSettings();
  await settings.getByRole('checkbox', { name: /appears or leaves/ }).click();
  await expect(settings.getByRole('checkbox', { name: /appears or leaves/ })).toBeChecked();
  await settings.screenshot({ path: 'out/e2e-settings-notices.png', fullPage: true });
  await settings.close();

  await demo.update(ZONE, `update delete ${IPP} PTR ${PHOTO}`);
  await expect.poll(() => noticesOf(first)).toEqual(['Photo Corner left']);
  await page.keyboard.press('Control+1');
  await clickNotice(first);
  await expect(page.getByRole('complementary', { name: 'Details' })).toContainText('Photo Corner');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('All services');
  first.app.process().kill('SIGKILL');
  await first.close();

  const second = await open();
  await second.page.keyboard.press('Control+3');
  const absent = second.page.locator('[data-service-id][data-absent]');
  await expect(absent).toContainText(/Photo Corner.*not here now, last seen \d\d:\d\d today/);
  await expect(domainEntry(second.page, ZONE)).toHaveAttribute('data-settled', '');
  await second.page.screenshot({ path: 'out/e2e-absent.png' });
  await listenToNotices(second);
  await demo.update(ZONE, `update add ${IPP} 4500 PTR ${PHOTO}`);
  await expect(serviceLine(second.page, '_ipp._tcp', 'Photo Corner')).toContainText('631');
  await expect.poll(() => noticesOf(second)).toEqual(['Photo Corner appeared']);
  expect([...first.complaints, ...second.complaints]).toEqual([]);
});
