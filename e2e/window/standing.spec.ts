import { expect } from 'playwright/test';
import { deadPort } from '../testing/rogue-server.ts';
import { domainsOf } from '../testing/herald.ts';
import { trustFile, AUTHORITY } from '../testing/identity.ts';
import { PushRelay } from '../testing/push-relay.ts';
import { domainEntry, serviceLine, shownServices } from '../testing/service-list.ts';
import { test } from '../testing/test.ts';
import { expectShown, truthOf } from '../testing/truth.ts';

const ZONE = 'office.test';

test('a session that is cut and not to be had again puts every row in doubt, one that is confirms each, and no row flickers', async ({
  demo,
  open,
  owned,
  scratch,
}) => {
  const relay = owned(await PushRelay.start(demo, ZONE));
  const caFile = await trustFile(`${scratch}/trust.pem`, AUTHORITY.ca, demo.network.caPem);
  const domains = domainsOf(demo, caFile).filter(({ name }) => name === ZONE);
  const herald = await open({ domains });
  await herald.showAll();
  const { page } = herald;
  const entry = domainEntry(page, ZONE);
  const lines = page.locator('[data-service-id]');
  await expect(serviceLine(page, '_ipp._tcp', 'Meeting Room 3')).toHaveAttribute('data-standing', 'live');
  await expectShown(
    page,
    (await truthOf(demo)).filter(({ domain }) => domain === ZONE),
  );
  await expect(page.locator('[data-service-id]:not([data-standing=live])')).toHaveCount(0);
  const before = await shownServices(page);

  await page.evaluate(() => {
    const lost: string[] = [];
    Object.assign(window, { lost });
    new MutationObserver((mutations) => {
      for (const { removedNodes } of mutations)
        for (const node of removedNodes)
          if (node instanceof HTMLElement && node.dataset['serviceId'] !== undefined)
            lost.push(node.dataset['serviceId']);
    }).observe(document.querySelector('.service-lines')!, { childList: true, subtree: true });
  });
  await demo.movePush(ZONE, await deadPort());
  relay.cut();
  await expect(entry).toHaveAttribute('data-state', 'failed');
  await expect(entry).toContainText(/as of \d\d:\d\d today/);
  await expect(page.locator('[data-service-id][data-standing=live]')).toHaveCount(0);
  expect(await shownServices(page)).toEqual(before);
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText(
    `${before.length} not confirmed`,
  );
  await serviceLine(page, '_ipp._tcp', 'Meeting Room 3').click();
  await entry.getByRole('button').first().click();
  for (const theme of ['light', 'dark'] as const) {
    await herald.app.evaluate(({ nativeTheme }, source) => (nativeTheme.themeSource = source), theme);
    await expect(page.getByRole('complementary', { name: 'Details' })).toContainText('As of');
    await page.screenshot({
      path: `out/e2e-doubt-${theme}.png`,
      clip: { x: 0, y: 0, width: 1300, height: 760 },
    });
  }

  await demo.movePush(ZONE, relay.port);
  await entry.getByRole('button', { name: /again/ }).click();
  await expect(entry).toHaveAttribute('data-state', 'live');
  await expect(page.locator('[data-service-id]:not([data-standing=live])')).toHaveCount(0);
  await expect(entry).not.toContainText('checking');
  expect(await shownServices(page)).toEqual(before);
  expect(await lines.count()).toBe(before.length);
  expect(await page.evaluate(() => (window as unknown as { lost: readonly string[] }).lost)).toEqual([]);
  expect(herald.complaints).toEqual([]);
});
