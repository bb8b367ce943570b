import { readdir } from 'node:fs/promises';
import { expect } from 'playwright/test';
import { deadPort } from '../testing/rogue-server.ts';
import { domainsOf } from '../testing/herald.ts';
import { domainEntry, serviceLine, shownServices } from '../testing/service-list.ts';
import { test } from '../testing/test.ts';
import { expectShown, truthOf } from '../testing/truth.ts';

const ZONE = 'office.test';

test('a start without a network shows the last list, greyed and with its age; a network makes it live, service by service', async ({
  demo,
  open,
  scratch,
}) => {
  const domains = domainsOf(demo).filter(({ name }) => name === ZONE);
  const first = await open({ domains });
  await first.showAll();
  const entry = domainEntry(first.page, ZONE);
  await expect(serviceLine(first.page, '_ipp._tcp', 'Meeting Room 3')).toHaveAttribute(
    'data-standing',
    'live',
  );
  const truth = (await truthOf(demo)).filter(({ domain }) => domain === ZONE);
  await expectShown(first.page, truth);
  const before = await shownServices(first.page);
  await first.page.waitForFunction(() => document.querySelector('[data-domain-id] .entry-state') !== null);
  await expect(entry).toHaveAttribute('data-state', 'live');
  await expect
    .poll(async () => (await readdir(`${scratch}/profile/services`).catch(() => [])).length)
    .toBe(1);
  await first.end(() => first.app.evaluate(({ app }) => app.quit()));

  const nobody = { host: '127.0.0.1', port: await deadPort() };
  const offline = await open({ domains: domains.map((domain) => ({ ...domain, resolver: nobody })) });
  await offline.showAll();
  await expect.poll(() => shownServices(offline.page)).toEqual(before);
  await expect(offline.page.locator('[data-service-id]:not([data-standing=cached])')).toHaveCount(0);
  await domainEntry(offline.page, ZONE).getByRole('button').first().click();
  await expect(offline.page.getByRole('main')).toContainText(/The list is as of \d\d:\d\d today/);
  await offline.page.screenshot({
    path: 'out/e2e-cached.png',
    clip: { x: 0, y: 0, width: 1300, height: 760 },
  });
  offline.app.process().kill('SIGKILL');
  await offline.close();

  const again = await open({ domains });
  await again.showAll();
  await expect(again.page.locator('[data-service-id]:not([data-standing=live])')).toHaveCount(0);
  await expect.poll(() => shownServices(again.page)).toEqual(before);
  expect([...first.complaints, ...again.complaints]).toEqual([]);
});
