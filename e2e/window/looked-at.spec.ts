import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import { Demo } from '../testing/demo.ts';
import type { Herald } from '../testing/herald.ts';
import { domainEntry } from '../testing/service-list.ts';
import { smallZone } from '../testing/small-zone.ts';
import { test as base } from '../testing/test.ts';

const COUNT = 500;
/** Subscriptions of a service that is looked at: SRV, TXT, A and AAAA; and those that list a zone with one type. */
const [OF_ONE, OF_LISTS] = [4, 2];
const FEW = 3;
/** What the server may hold at most: as many services of the one domain as Herald looks at of any, and all of the other. */
const MOST = 2 * OF_LISTS + (256 + FEW) * OF_ONE;

const number = (at: number): string => String(at).padStart(3, '0');

/** A zone of so many printers, each on a host of its own. */
function printers(count: number): readonly string[] {
  const each = Array.from({ length: count }, (_, at) => {
    const [label, host] = [`P${number(at)}._ipp._tcp`, `h${number(at)}`];
    const address = `192.0.${2 + Math.floor(at / 250)}.${at % 250}`;
    return [
      `_ipp._tcp PTR ${label}`,
      `${label} SRV 0 0 631 ${host}`,
      `${label} TXT "note=Room ${number(at)}"`,
      `${host} A ${address}`,
    ];
  });
  return ['_services._dns-sd._udp PTR _ipp._tcp', ...each.flat()];
}

/** Two domains of one push server: many printers, and few. */
const test = base.extend({
  demo: async ({ owned, scratch }, provide) => {
    const zoneFiles = [
      await smallZone(scratch, 'many.test', printers(COUNT)),
      await smallZone(scratch, 'few.test', printers(FEW)),
    ];
    await provide(owned(await Demo.start(scratch, { zoneFiles })));
  },
});

/** How many services are on the screen or a few lines beyond it: what is in the document but for a line kept for the keyboard. */
function linesLookedAt(page: Page): Promise<number> {
  return page.evaluate(() => {
    const lines = [...document.querySelectorAll<HTMLElement>('[data-service-id]')];
    const rows = lines.map((line) => Number(line.ariaRowIndex)).toSorted((one, other) => one - other);
    return rows.length - (rows.length > 1 && rows[1]! - rows[0]! > 2 ? 1 : 0);
  });
}

/** Expects the server to hold subscriptions for the lists of both domains, for the lines that are looked at, and so many more services. */
async function expectLinesOnly({ page }: Herald, { network }: Demo, others = 0): Promise<void> {
  await expect
    .poll(async () => network.subscriptionCount - 2 * OF_LISTS - OF_ONE * (await linesLookedAt(page)), {
      timeout: 10_000,
    })
    .toBe(OF_ONE * others);
}

async function scrollTo(page: Page, share: number): Promise<void> {
  await page.locator('.service-scroller').evaluate((element, part) => {
    element.scrollTop = part * (element.scrollHeight - element.clientHeight);
  }, share);
}

async function showAllOf(page: Page, domain: string): Promise<void> {
  await expect(domainEntry(page, domain)).toHaveAttribute('data-state', 'live');
  await domainEntry(page, domain).click();
}

test('LIFE-03: of 500 services the server holds subscriptions for those on the screen, and they follow it', async ({
  herald,
  demo,
}) => {
  const { page } = herald;
  await showAllOf(page, 'many.test');
  await expect(page.locator('.content-count')).toHaveText('500 services');
  await expect(page.getByText('h003.many.test')).toBeVisible();
  await expectLinesOnly(herald, demo);

  let most = 0;
  for (let step = 0; step <= 40; step += 1) {
    await scrollTo(page, step / 80);
    most = Math.max(most, demo.network.subscriptionCount);
  }
  await expect(page.getByText('h250.many.test')).toBeVisible();
  await expect(page.getByText('Room 250')).toBeVisible();
  expect(most).toBeLessThanOrEqual(MOST);
  await expectLinesOnly(herald, demo);
  await expect(page.locator('.tag-new')).toHaveCount(0);

  // What was seen is remembered: it is there at once, and told anew.
  await scrollTo(page, 0);
  await expect(page.getByText('h003.many.test')).toBeVisible();
  await demo.update(
    'many.test',
    'update delete h003.many.test A',
    'update add h003.many.test 60 A 192.0.2.253',
  );
  await expect(page.getByText('192.0.2.253')).toBeVisible();
});

test('LIFE-01: a view that is left is unsubscribed from, but for what is watched, while the session goes on', async ({
  herald,
  demo,
}) => {
  const { page } = herald;
  await showAllOf(page, 'many.test');
  await expect(page.getByText('h003.many.test')).toBeVisible();
  await page.locator('[data-service-id]', { hasText: 'P003' }).getByRole('button').click();
  await expectLinesOnly(herald, demo);

  await domainEntry(page, 'few.test').click();
  await expect(page.getByText('h002.few.test')).toBeVisible();
  await expectLinesOnly(herald, demo, 1);
  expect(demo.network.sessionCount).toBe(1);
  expect(demo.network.subscriptionCount).toBe(2 * OF_LISTS + (FEW + 1) * OF_ONE);
});

test('LIFE-03: a filter finds what is off the screen within the budget, and says what it cannot know', async ({
  herald,
  demo,
}) => {
  const { page } = herald;
  await showAllOf(page, 'many.test');
  await expect(page.getByText('h003.many.test')).toBeVisible();
  await page.getByRole('searchbox').fill('room 200');
  await expect(page.locator('[data-service-id]')).toHaveText([/P200/]);
  await expect(page.getByRole('note')).toContainText('244 services matched by name and type only');
  expect(demo.network.subscriptionCount).toBeLessThanOrEqual(MOST);
  await page.screenshot({ path: 'out/e2e-filter-limit.png' });
  await page.getByRole('searchbox').fill('p490');
  await expect(page.getByText('h490.many.test')).toBeVisible();
  await page.getByRole('searchbox').fill('');
  await expect(page.getByRole('note')).toHaveCount(0);
  await expectLinesOnly(herald, demo);
});
