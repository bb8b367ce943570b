import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import { Name } from '../../protocol/wire/name.ts';
import { Demo } from '../testing/demo.ts';
import type { Herald } from '../testing/herald.ts';
import { Machine, NetworkResolver } from '../testing/machine-network.ts';
import { domainEntry, serviceLine } from '../testing/service-list.ts';
import { smallZone } from '../testing/small-zone.ts';
import { test as base } from '../testing/test.ts';

const PLANT = Name.of('plant.internal');
const ROAMING = Name.of('roaming.internal');
const PRINTER = [
  '_services._dns-sd._udp PTR _ipp._tcp',
  '_ipp._tcp PTR Press._ipp._tcp',
  'Press._ipp._tcp SRV 0 0 631 press',
  'Press._ipp._tcp TXT "txtvers=1"',
  'press A 192.0.2.20',
];
/** A network is looked at every five seconds, and believed when it has kept still for one. */
const NOTICED_WITHIN = { timeout: 15_000 };

/** Herald on a machine that is carried between two networks, each with a resolver of its own, which know the same domains. */
interface Travel {
  readonly herald: Herald;
  readonly machine: Machine;
  readonly office: NetworkResolver;
  readonly cafe: NetworkResolver;
  readonly profile: string;
}

const test = base.extend<{ readonly travel: Travel }>({
  travel: async ({ open, owned, scratch }, provide) => {
    const zoneFiles = [
      await smallZone(scratch, 'plant.internal', PRINTER),
      await smallZone(scratch, 'roaming.internal', PRINTER),
    ];
    const demo = owned(await Demo.start(scratch, { zoneFiles }));
    const office = owned(await NetworkResolver.start(demo));
    const cafe = owned(await NetworkResolver.start(demo));
    const machine = await Machine.on(office, scratch);
    const caFile = demo.network.caPath;
    const profile = `${scratch}/profile`;
    const herald = await open({
      profile,
      electron: machine.electron,
      domains: [
        { name: 'plant.internal', caFile },
        { name: 'roaming.internal', caFile, place: { choice: 'anywhere' } },
      ],
    });
    await provide({ herald, machine, office, cafe, profile });
  },
});

/** What of the settings tells where domains belong. */
interface Kept {
  readonly domains: readonly {
    readonly place?: { readonly isSuggested: boolean; readonly networks: readonly string[] };
  }[];
}

async function expectState(page: Page, domain: string, state: string): Promise<void> {
  await expect(domainEntry(page, domain)).toHaveAttribute('data-state', state, NOTICED_WITHIN);
}

test('a domain of one network is not asked for on another, of whose resolver not one question tells of it', async ({
  travel: { herald, machine, office, cafe, profile },
}) => {
  const { page } = herald;
  await expectState(page, 'plant.internal', 'live');
  await expectState(page, 'roaming.internal', 'live');
  expect(office.countOf(PLANT)).toBeGreaterThan(0);

  const before = office.countOf(PLANT);
  await machine.carry(cafe);
  await expectState(page, 'plant.internal', 'elsewhere');
  await expectState(page, 'roaming.internal', 'live');
  await expect.poll(() => cafe.countOf(ROAMING), NOTICED_WITHIN).toBeGreaterThan(0);
  expect(cafe.countOf(PLANT)).toBe(0);
  expect(office.countOf(PLANT)).toBe(before);

  await domainEntry(page, 'plant.internal')
    .getByRole('button', { name: /^plant\.internal, elsewhere/ })
    .click();
  const content = page.getByRole('main', { name: 'plant.internal' });
  await expect(content).toContainText(
    'plant.internal belongs to another network Nothing of it is asked for here.',
  );
  await expect(serviceLine(page, '_ipp._tcp', 'Press')).toHaveAttribute('data-doubt', '');
  await content.getByRole('button', { name: 'Why?' }).click();
  await expect(page.getByRole('complementary')).toContainText('on its own network it is asked for by itself');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `out/e2e-elsewhere-${colorScheme}.png` });
  }
  expect(cafe.countOf(PLANT)).toBe(0);

  await content.getByRole('button', { name: 'Look here too' }).click();
  await expectState(page, 'plant.internal', 'live');
  expect(cafe.countOf(PLANT)).toBeGreaterThan(0);

  await machine.carry(office);
  await expect.poll(() => office.countOf(PLANT), NOTICED_WITHIN).toBeGreaterThan(before);
  await expectState(page, 'plant.internal', 'live');
  const kept = JSON.parse(await readFile(`${profile}/settings.json`, 'utf8')) as Kept;
  expect(kept.domains.map(({ place }) => place?.networks.length)).toEqual([2, 0]);
  expect(herald.complaints).toEqual([]);
});

test('a start on another network asks nothing of it, and going back to its own asks by itself', async ({
  travel: { herald, machine, office, cafe, profile },
  open,
}) => {
  await expectState(herald.page, 'plant.internal', 'live');
  await expect(domainEntry(herald.page, 'plant.internal')).toHaveAttribute('data-settled', ''); // its list is kept
  await herald.end(() => herald.app.evaluate(({ app }) => app.quit()));
  await machine.carry(cafe);
  const { page } = await open({ profile, electron: machine.electron });
  await expectState(page, 'roaming.internal', 'live');
  await expectState(page, 'plant.internal', 'elsewhere');
  await domainEntry(page, 'plant.internal')
    .getByRole('button', { name: /^plant\.internal, elsewhere/ })
    .click();
  await expect(serviceLine(page, '_ipp._tcp', 'Press')).toHaveAttribute('data-standing', 'cached');
  expect(cafe.countOf(PLANT)).toBe(0);
  await machine.carry(office);
  await expectState(page, 'plant.internal', 'live');
  expect(cafe.countOf(PLANT)).toBe(0);
});

test('the settings let one domain, or all of them, be asked for on any network, at once', async ({
  travel: { herald, machine, cafe },
}) => {
  const { page } = herald;
  await expectState(page, 'plant.internal', 'live');
  await machine.carry(cafe);
  await expectState(page, 'plant.internal', 'elsewhere');
  const settings = await herald.openSettings();
  const isKept = settings.getByRole('checkbox', { name: /^Keep a network’s own domains/ });
  await expect(isKept).toBeChecked();
  for (const colorScheme of ['light', 'dark'] as const) {
    await settings.emulateMedia({ colorScheme });
    await settings.getByRole('form', { name: 'plant.internal' }).scrollIntoViewIfNeeded();
    await settings.screenshot({ path: `out/e2e-places-${colorScheme}.png` });
  }
  const asked = settings.getByRole('form', { name: 'plant.internal' }).getByLabel('Asked for');
  await asked.selectOption('On any network');
  await expectState(page, 'plant.internal', 'live');
  await asked.selectOption('Where it belongs');
  await expectState(page, 'plant.internal', 'elsewhere');
  await isKept.click();
  await expectState(page, 'plant.internal', 'live');
  await isKept.click();
  await expectState(page, 'plant.internal', 'elsewhere');
});

test('a domain that a network suggested is kept with that, whatever its name, and from the next network', async ({
  open,
  owned,
  scratch,
}) => {
  const lines = [...PRINTER, 'b._dns-sd._udp PTR campus.example.'];
  const demo = owned(
    await Demo.start(scratch, { zoneFiles: [await smallZone(scratch, 'campus.example', lines)] }),
  );
  const campus = owned(await NetworkResolver.start(demo, 'campus.example'));
  const cafe = owned(await NetworkResolver.start(demo));
  const machine = await Machine.on(campus, scratch);
  const profile = `${scratch}/profile`;
  // The root of this DNS has no keys.
  const settings = { anchorFile: `${scratch}/missing` };
  const { page } = await open({ profile, electron: machine.electron, domains: [], settings });
  await page.getByRole('button', { name: 'Add selected' }).click();
  await expect.poll(() => campus.countOf(Name.of('_dns-push-tls._tcp.campus.example'))).toBeGreaterThan(0);
  await machine.carry(cafe);
  await expectState(page, 'campus.example', 'elsewhere');
  await page.getByRole('button', { name: /^All services/ }).click();
  await expect(page.getByRole('main')).toContainText('Your domains belong to other networks');
  await domainEntry(page, 'campus.example')
    .getByRole('button', { name: /^campus\.example, elsewhere/ })
    .click();
  await expect(page.getByRole('main').getByRole('button', { name: 'Look here too' })).toBeVisible();
  await page.screenshot({ path: 'out/e2e-elsewhere-empty.png' });
  expect(cafe.countOf(Name.of('campus.example'))).toBe(0);
  const kept = JSON.parse(await readFile(`${profile}/settings.json`, 'utf8')) as Kept;
  expect(kept.domains.map(({ place }) => [place?.isSuggested, place?.networks.length])).toEqual([[true, 1]]);
});
