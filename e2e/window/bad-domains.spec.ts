import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import { FakeDns } from '../../main/net/testing/fake-dns.ts';
import { TestAuthority } from '../../main/net/testing/certificates.ts';
import { Demo } from '../testing/demo.ts';
import type { WatchedDomain } from '../testing/herald.ts';
import { AUTHORITY, trustFile } from '../testing/identity.ts';
import { RogueServer, deadPort } from '../testing/rogue-server.ts';
import { domainEntry, serviceLine } from '../testing/service-list.ts';
import { smallZone } from '../testing/small-zone.ts';
import { test } from '../testing/test.ts';

const OFFICE = 'assets/demo/office.zone';
/** Domains that cannot be reached, or must not be because somebody else answers, with the title and the words that the window has for it. */
const UNREACHABLE = [
  [
    'missing.office.test',
    'missing.office.test wasn’t found',
    /does not exist, says the zone office\.test\. Check its spelling/,
  ],
  ['silent.test', 'silent.test wasn’t found', /did not answer within 10 seconds/],
  [
    'stranger.test',
    'We stopped: the server’s identity doesn’t match',
    /authority that is not trusted here.*so nothing was sent/,
  ],
  [
    'renamed.test',
    'We stopped: the server’s identity doesn’t match',
    /push\.office\.test.*so nothing was sent/,
  ],
] as const;
/** Domains that have to be polled, with the same. */
const POLLED = [
  ['nopush.test', 'nopush.test has no push service', /nopush\.test/],
  ['dead.test', 'The push server doesn’t answer', /nothing listens at 127\.0\.0\.1/i],
  ['plain.test', 'No secure connection could be made', /does not speak TLS/],
  ['garbage.test', 'The server doesn’t speak DNS push', /broke a rule of the protocol/],
  ['drops.test', 'The server doesn’t speak DNS push', /closed the connection/],
] as const;

const BAD = [...UNREACHABLE, ...POLLED];

/** Asks the window about a domain that is polled, and reads what it says above its services and of the way to it. */
async function expectPolled(page: Page, domain: string, title: string, reason: RegExp): Promise<void> {
  const entry = domainEntry(page, domain);
  await expect(entry).toHaveAttribute('data-state', 'polling', { timeout: 20_000 });
  await entry.getByRole('button', { name: new RegExp(`^${domain.replaceAll('.', '\\.')}, polling`) }).click();
  const content = page.getByRole('main', { name: domain });
  await expect(content).toContainText(`${title}, so changes may be late.`);
  await content.getByRole('button', { name: 'Why?' }).click();
  const pane = page.getByRole('complementary', { name: `Why ${domain} stands as it does` });
  await expect(pane.locator('.rung[data-verdict=failed]')).toContainText(reason);
  await page.keyboard.press('Escape');
}

/** Asks the window about a domain and reads what it says of it in its list of services. */
async function expectReason(page: Page, domain: string, title: string, reason: RegExp): Promise<void> {
  const entry = domainEntry(page, domain);
  await expect(entry).toHaveAttribute('data-state', 'failed', { timeout: 20_000 });
  await entry.getByRole('button', { name: new RegExp(`^${domain.replaceAll('.', '\\.')}, failed`) }).click();
  const content = page.getByRole('main', { name: domain });
  await expect(content.getByRole('heading', { level: 2 })).toHaveText(title);
  await expect(content).toContainText(reason);
  await expect(content.getByRole('button', { name: 'Try again' })).toBeVisible();
}

/** A push server for each domain that needs one of its own, and the demo network that leads there. */
async function startBadNetwork(
  scratch: string,
  owned: <Kind extends { close(): Promise<unknown> }>(thing: Kind) => Kind,
): Promise<{ readonly demo: Demo; readonly domains: readonly WatchedDomain[] }> {
  const zones = BAD.map(([name]) => name).filter(
    (name) => name !== 'missing.office.test' && name !== 'silent.test',
  );
  const files = await Promise.all(zones.map((zone) => smallZone(scratch, zone)));
  const demo = owned(await Demo.start(scratch, { zoneFiles: [OFFICE, ...files] }));
  const stranger = new TestAuthority('Somebody else').issue({ names: ['push.office.test'] });
  const renamed = AUTHORITY.issue({ names: ['push.elsewhere.test'] });
  const ports = {
    'dead.test': await deadPort(),
    'stranger.test': owned(await RogueServer.tls(() => undefined, stranger)).port,
    'renamed.test': owned(await RogueServer.tls(() => undefined, renamed)).port,
    'plain.test': owned(await RogueServer.plain((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')))
      .port,
    'garbage.test': owned(await RogueServer.tls((socket) => socket.write(Buffer.alloc(70_000, 0xa5)))).port,
    'drops.test': owned(await RogueServer.tls((socket) => socket.once('data', () => socket.end()))).port,
  };
  for (const [zone, port] of Object.entries(ports)) await demo.movePush(zone, port);
  await demo.update('nopush.test', 'update delete _dns-push-tls._tcp.nopush.test');
  const silent = owned(await FakeDns.start());
  const caFile = await trustFile(`${scratch}/trust.pem`, AUTHORITY.ca, demo.network.caPem);
  const resolver = { host: '127.0.0.1', port: demo.network.dnsPort };
  const domains = ['office.test', ...BAD.map(([name]) => name)].map((name) =>
    name === 'silent.test' ? { name, resolver: silent.endpoint, caFile } : { name, resolver, caFile },
  );
  return { demo, domains };
}

test('nine bad domains beside a good one: each says what is wrong, and the good one stays live', async ({
  open,
  owned,
  scratch,
}) => {
  const { demo, domains } = await startBadNetwork(scratch, owned);
  const herald = await open({ domains });
  const { page } = herald;
  for (const [domain, title, reason] of UNREACHABLE) await expectReason(page, domain, title, reason);
  for (const [domain, title, reason] of POLLED) await expectPolled(page, domain, title, reason);
  await page.screenshot({ path: 'out/e2e-bad-domains.png' });

  await expect(domainEntry(page, 'office.test')).toHaveAttribute('data-state', 'live');
  await expect(page.getByLabel('Status', { exact: true })).toContainText('1 of 10 domains live');
  await page.getByRole('button', { name: /^All services, / }).click();
  await demo.update('office.test', 'update add _ipp._tcp.office.test 60 PTR Alive._ipp._tcp.office.test');
  await expect(serviceLine(page, '_ipp._tcp', 'Alive')).toBeVisible();
  expect(herald.complaints).toEqual([]);
  expect(await herald.end(() => herald.app.evaluate(({ app }) => app.quit()))).toMatchObject({ status: 0 });
});

test('what was wrong can be mended: Try again makes the domain live at once', async ({ demo, open }) => {
  const { dnsPort, caPath, pushPort } = demo.network;
  await demo.movePush('lab.test', await deadPort());
  const { page } = await open({
    domains: [{ name: 'lab.test', resolver: { host: '127.0.0.1', port: dnsPort }, caFile: caPath }],
  });
  await expectPolled(page, 'lab.test', 'The push server doesn’t answer', /nothing listens/i);
  await expect(serviceLine(page, '_ipp._tcp', 'Labels Cleanroom')).toBeVisible();
  await page.screenshot({ path: 'out/e2e-polling.png' });
  await demo.movePush('lab.test', pushPort);
  await page.getByRole('main').getByRole('button', { name: 'Try again' }).click();

  await expect(domainEntry(page, 'lab.test')).toHaveAttribute('data-state', 'live');
  await expect(serviceLine(page, '_ipp._tcp', 'Labels Cleanroom')).toBeVisible();
});
