import { expect } from 'playwright/test';
import { domainsOf } from '../testing/herald.ts';
import { domainEntry, serviceLine } from '../testing/service-list.ts';
import { listenToNotices, noticesOf, pretendIdle } from '../testing/stand-ins.ts';
import { test } from '../testing/test.ts';

const ZONE = 'office.test';
const IPP = `_ipp._tcp.${ZONE}`;
const HTTP = `_http._tcp.${ZONE}`;
const PHOTO = String.raw`Photo\032Corner.${IPP}`;
/** The list of types, that of printers, SRV and TXT of this one, and both kinds of address of its host. */
const OF_PHOTO = 6;

test('LIFE-01: a favourite stays watched while the window is hidden or nobody is there, and nothing else does', async ({
  demo,
  open,
}) => {
  const herald = await open({ domains: domainsOf(demo), settings: { graceSeconds: 1 } });
  const { app, page } = herald;
  const [office, lab] = [domainEntry(page, ZONE), domainEntry(page, 'lab.test')];
  const status = page.getByRole('contentinfo');
  const expectAll = async (): Promise<void> => {
    for (const entry of [office, lab]) await expect(entry).toHaveAttribute('data-state', 'live');
    await expect.poll(() => demo.network.subscriptionCount).toBeGreaterThan(5 * OF_PHOTO);
    await expect(status).not.toContainText('background');
  };
  await listenToNotices(herald);
  await herald.showAll();
  await expect(office).toHaveAttribute('data-settled', '');
  await expectAll();
  const line = serviceLine(page, '_ipp._tcp', 'Photo Corner');
  await line.click();
  await line.press('Space');

  const settings = await herald.openSettings();
  await settings.getByLabel('Keep watching what has a star meanwhile').check();
  await settings.getByLabel(/appears or leaves/).check();
  await settings.screenshot({ path: 'out/e2e-settings-background.png', fullPage: true });
  await settings.close();

  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await expect.poll(() => demo.network.subscriptionCount).toBe(OF_PHOTO);
  expect(demo.network.sessionCount).toBe(1);
  await expect(status).toContainText('Watching 1 favourite in the background');
  await expect(lab).toHaveAttribute('data-state', 'paused');
  await demo.update(ZONE, `update delete ${IPP} PTR ${PHOTO}`, `update add ${HTTP} 60 PTR Night.${HTTP}`);
  await expect.poll(() => noticesOf(herald)).toEqual(['Photo Corner left']);
  await demo.update(ZONE, `update add ${IPP} 4500 PTR ${PHOTO}`);
  await expect.poll(() => noticesOf(herald)).toEqual(['Photo Corner left', 'Photo Corner appeared']);
  await app.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend')); // asleep.spec.ts has a real one
  await expect.poll(() => demo.network.sessionCount).toBe(0);
  await app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
  await expect.poll(() => demo.network.subscriptionCount).toBe(OF_PHOTO);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show());
  await expectAll();
  await expect(serviceLine(page, '_http._tcp', 'Night')).toHaveCount(1);
  const card = page.getByRole('region', { name: 'While you were away' });
  await expect(card).toContainText('1 appeared in office.test.'); // what was undone meanwhile is nothing
  await expect(line).toContainText('631');

  await pretendIdle(herald, 600);
  await (await herald.openSettings()).getByLabel('Stop watching while nobody uses the computer').check();
  await expect(status).toContainText('Watching 1 favourite in the background');
  await expect.poll(() => demo.network.subscriptionCount).toBe(OF_PHOTO);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `out/e2e-background-${colorScheme}.png` });
  }
  await pretendIdle(herald, 0);
  await expectAll();
  expect(herald.complaints).toEqual([]);
});
