import type { Locator } from 'playwright';
import { expect } from 'playwright/test';
import { domainsOf } from '../testing/herald.ts';
import { departedLine, domainEntry, serviceLine } from '../testing/service-list.ts';
import { test } from '../testing/test.ts';

const ZONE = 'office.test';
const IPP = `_ipp._tcp.${ZONE}`;
const NAME = String.raw`Third\032Floor\.\032East.${IPP}`;
const INSTANCE = 'Third Floor. East';
const ADD = [
  `update add ${IPP} 4500 PTR ${NAME}`,
  `update add ${NAME} 120 SRV 0 0 6310 hp-m776.${ZONE}`,
  `update add ${NAME} 4500 TXT "txtvers=1" "note=By the window"`,
];
const REMOVE = [`update delete ${IPP} PTR ${NAME}`, `update delete ${NAME}`];
const RECEPTION = `Reception.${IPP}`;

/** Whether a domain has told all it has, as far as one can say: what comes after that is news. */
async function settled(entry: Locator): Promise<void> {
  await expect(entry).toHaveAttribute('data-state', 'live');
  await expect(entry).toHaveAttribute('data-settled', '');
}

test('what leaves stays greyed in its place, is itself again when it comes back, and goes when a person says so', async ({
  demo,
  open,
}) => {
  const herald = await open({ domains: domainsOf(demo).filter(({ name }) => name === ZONE) });
  const { page } = herald;
  await settled(domainEntry(page, ZONE));
  const count = page.getByRole('main').locator('.content-count');
  await expect(count).toHaveText('47 services');
  await demo.update(ZONE, ...ADD);
  await expect(serviceLine(page, '_ipp._tcp', INSTANCE)).toContainText('New');
  await demo.update(ZONE, ...REMOVE);
  const gone = departedLine(page, INSTANCE);
  await expect(gone).toContainText(/left \d\d:\d\d/);
  await expect(count).toHaveText('47 services');
  await expect(page.getByRole('main')).toContainText('1 left');

  await demo.update(ZONE, ...ADD);
  await expect(serviceLine(page, '_ipp._tcp', INSTANCE)).toContainText('6310');
  await expect(gone).toHaveCount(0);
  await demo.update(ZONE, ...REMOVE);
  await gone.click();
  const details = page.getByRole('complementary', { name: 'Details' });
  await expect(details).toContainText(/Left at .*It was there for/s);
  await page.screenshot({ path: 'out/e2e-departed.png' });
  await gone.press('Delete');
  await expect(gone).toHaveCount(0);
  await expect(details).toContainText('Left at');
  expect(herald.complaints).toEqual([]);
});

test('what happens while Herald is paused is told once as a whole, is in the history, and is nothing new in the list', async ({
  demo,
  open,
  browse,
  scratch,
}) => {
  const herald = await open({ domains: domainsOf(demo).filter(({ name }) => name === ZONE) });
  const { page } = herald;
  const entry = domainEntry(page, ZONE);
  await settled(entry);
  await demo.update(ZONE, ...ADD);
  await expect(serviceLine(page, '_ipp._tcp', INSTANCE)).toContainText('6310');

  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(entry).toHaveAttribute('data-state', 'paused');
  const pausedMs = Date.now();
  await demo.update(ZONE, ...REMOVE);
  await demo.update(
    ZONE,
    `update add ${IPP} 4500 PTR New.${IPP}`,
    `update add New.${IPP} 120 SRV 0 0 631 hp-m776.${ZONE}`,
  );
  await demo.update(
    ZONE,
    `update delete ${RECEPTION} SRV`,
    `update add ${RECEPTION} 120 SRV 0 0 6311 hp-m776.${ZONE}`,
  );
  // Less than five seconds are not spoken of, and nothing but the time tells when they are over.
  await expect.poll(() => Date.now() - pausedMs).toBeGreaterThan(5_200);
  await page.getByRole('button', { name: 'Resume' }).click();
  await settled(entry);

  const card = page.getByRole('region', { name: 'While you were away' });
  await expect(card).toContainText('1 appeared, 1 left, 1 changed in office.test.');
  await expect(page.locator('.tag-new')).toHaveCount(0);
  await expect(departedLine(page, INSTANCE)).toContainText(/left by \d\d:\d\d/);
  await card.getByRole('button', { name: 'Show changes' }).click();
  await expect(card.getByRole('listitem')).toHaveCount(3);
  await expect(card).toContainText(/Reception.*changed its host, port, and addresses/);
  for (const theme of ['light', 'dark'] as const) {
    await herald.app.evaluate(({ nativeTheme }, source) => (nativeTheme.themeSource = source), theme);
    await page.screenshot({ path: `out/e2e-away-${theme}.png` });
  }
  await card.getByRole('button', { name: 'Dismiss' }).click();
  await expect(card).toHaveCount(0);
  expect(herald.complaints).toEqual([]);
  await herald.end(() => herald.app.evaluate(({ app }) => app.quit()));

  const told = await browse('--history', '--json', '--data', `${scratch}/profile`).ended;
  const entries = told.stdout.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  expect(entries.map(({ event, instance, since }) => [event, instance, since === null])).toEqual([
    ['appeared', INSTANCE, true],
    ['changed', 'Reception', false],
    ['appeared', 'New', false],
    ['left', INSTANCE, false],
  ]);
});
