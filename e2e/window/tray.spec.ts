import { expect } from 'playwright/test';
import type { Herald } from '../testing/herald.ts';
import { domainsOf } from '../testing/herald.ts';
import { MessageBus } from '../testing/message-bus.ts';
import { domainEntry } from '../testing/service-list.ts';
import { clickNotice, listenToNotices, noticesOf } from '../testing/stand-ins.ts';
import { test } from '../testing/test.ts';
import { TrayHost } from '../testing/tray-host.ts';
import { XDisplay, startWindowManager } from '../testing/x-display.ts';

const ZONE = 'office.test';
const IPP = `_ipp._tcp.${ZONE}`;
const NAME = String.raw`Tom\032&\032Jerry.${IPP}`;
const TIME = String.raw`[A-Z][a-z]{2} \d\d:\d\d`;

const closeWindow = ({ app }: Herald): Promise<unknown> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
const isShown = ({ app }: Herald): Promise<boolean | undefined> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());

test('closing to the tray says once what happens; the menu there shows the last changes, pauses, resumes and quits', async ({
  demo,
  open,
  scratch,
  start,
}) => {
  await startWindowManager(start);
  const bus = await MessageBus.start(start, scratch);
  const tray = await TrayHost.start(bus);
  const herald = await open({
    domains: domainsOf(demo).filter(({ name }) => name === ZONE),
    settings: { closeToTray: true },
    env: bus.environment('session'),
  });
  const { page } = herald;
  await expect(domainEntry(page, ZONE)).toHaveAttribute('data-settled', '');
  expect(await tray.menu()).toEqual(['Show Herald', 'Pause', 'Quit']);
  await demo.update(
    ZONE,
    `update add ${IPP} 4500 PTR ${NAME}`,
    `update add ${NAME} 120 SRV 0 0 631 hp-m776.${ZONE}`,
  );
  const appeared = new RegExp(`^${TIME}  Tom & Jerry appeared$`);
  await expect.poll(() => tray.menu()).toContainEqual(expect.stringMatching(appeared));
  await demo.update(ZONE, `update delete ${IPP} PTR ${NAME}`);
  await expect
    .poll(() => tray.menu())
    .toEqual([
      'Show Herald',
      'Pause',
      'Last changes',
      expect.stringMatching(new RegExp(`^${TIME}  Tom & Jerry left$`)),
      expect.stringMatching(appeared),
      'Quit',
    ]);

  await closeWindow(herald);
  const display = new XDisplay();
  const message = await display.window('Herald stays in the tray');
  expect(await isShown(herald)).toBe(true);
  await display.close(message);
  await expect.poll(() => isShown(herald)).toBe(false);
  await tray.choose('Show Herald');
  await expect.poll(() => isShown(herald)).toBe(true);
  await closeWindow(herald);
  await expect.poll(() => isShown(herald)).toBe(false); // without a message, which would keep it

  await tray.choose('Pause');
  await expect(domainEntry(page, ZONE)).toHaveAttribute('data-state', 'paused');
  await tray.choose('Resume');
  await expect.poll(() => tray.menu()).toContain('Pause');
  await tray.choose(/left$/);
  await expect.poll(() => isShown(herald)).toBe(true);
  await expect(domainEntry(page, ZONE)).toHaveAttribute('data-state', 'live');
  await expect(page.getByRole('complementary', { name: 'Details' })).toContainText('Tom & Jerry');
  expect(herald.complaints).toEqual([]);
  expect(await herald.end(() => tray.choose('Quit'))).toMatchObject({ status: 0, signal: null });
});

test('where the system shows notifications, closing to the tray says once what happens by one of them', async ({
  demo,
  open,
  scratch,
  start,
}) => {
  const bus = await MessageBus.start(start, scratch);
  const tray = await TrayHost.start(bus);
  const herald = await open({
    domains: domainsOf(demo),
    settings: { closeToTray: true },
    env: bus.environment('session'),
  });
  await listenToNotices(herald);
  for (let times = 0; times < 2; times += 1) {
    await closeWindow(herald);
    await expect.poll(() => isShown(herald)).toBe(false);
    expect(await noticesOf(herald)).toEqual(['Herald stays in the tray']);
    if (times === 0) await clickNotice(herald);
    else await tray.click();
    await expect.poll(() => isShown(herald)).toBe(true);
  }
  expect(herald.complaints).toEqual([]);
});
