import { expect } from 'playwright/test';
import type { Herald } from '../testing/herald.ts';
import { domainsOf } from '../testing/herald.ts';
import { domainEntry, serviceLine } from '../testing/service-list.ts';
import { test } from '../testing/test.ts';

const ZONE = 'office.test';
const IPP = `_ipp._tcp.${ZONE}`;
const PHOTO = String.raw`Photo\032Corner.${IPP}`;

/** Takes down what Herald notifies of instead of showing it, in the real main process. */
async function listen({ app }: Herald): Promise<void> {
  await app.evaluate(({ Notification }) => {
    const told: { title: string; click: () => void }[] = [];
    Object.assign(globalThis, { told });
    Notification.isSupported = () => true; // nobody on the test machine shows any
    const shown = Notification.prototype as unknown as { show: (this: Electron.Notification) => void };
    shown.show = function show() {
      told.push({ title: this.title, click: () => this.emit('click') });
    };
  });
}

const toldOf = ({ app }: Herald): Promise<readonly string[]> =>
  app.evaluate(() => (globalThis as unknown as { told: { title: string }[] }).told.map(({ title }) => title));

test('a service that is watched stays in view, is notified of, and outlives kill -9', async ({
  demo,
  open,
}) => {
  const domains = domainsOf(demo).filter(({ name }) => name === ZONE);
  const first = await open({ domains });
  const { page } = first;
  await listen(first);
  await expect(domainEntry(page, ZONE)).toHaveAttribute('data-settled', '');
  const line = serviceLine(page, '_ipp._tcp', 'Photo Corner');
  await line.click();
  await line.press('Space');
  await expect(line.getByRole('button', { name: 'Stop watching Photo Corner' })).toBeVisible();
  await page.keyboard.press('Control+3');
  await expect(page.getByRole('main').locator('.content-count')).toHaveText('1 service');
  await page.screenshot({ path: 'out/e2e-watching.png' });

  const opening = first.app.waitForEvent('window');
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = await opening;
  await settings.getByRole('checkbox', { name: /appears or leaves/ }).click();
  await expect(settings.getByRole('checkbox', { name: /appears or leaves/ })).toBeChecked();
  await settings.screenshot({ path: 'out/e2e-settings-notices.png', fullPage: true });
  await settings.close();

  await demo.update(ZONE, `update delete ${IPP} PTR ${PHOTO}`);
  await expect.poll(() => toldOf(first)).toEqual(['Photo Corner left']);
  await page.keyboard.press('Control+1');
  await first.app.evaluate(() =>
    (globalThis as unknown as { told: { click: () => void }[] }).told[0]?.click(),
  );
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
  await listen(second);
  await demo.update(ZONE, `update add ${IPP} 4500 PTR ${PHOTO}`);
  await expect(serviceLine(second.page, '_ipp._tcp', 'Photo Corner')).toContainText('631');
  await expect.poll(() => toldOf(second)).toEqual(['Photo Corner appeared']);
  expect([...first.complaints, ...second.complaints]).toEqual([]);
});
