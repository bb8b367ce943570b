import { expect } from 'playwright/test';
import type { Demo } from '../testing/demo.ts';
import { domainsOf } from '../testing/herald.ts';
import { serviceLine, shownServices } from '../testing/service-list.ts';
import { test } from '../testing/test.ts';
import { servicesByDig } from '../testing/zone-by-dig.ts';

/** What `office.test` lists, as the window names it. */
async function listed({ network }: Demo): Promise<readonly string[]> {
  const services = await servicesByDig(network.dnsPort, 'office.test');
  return services
    .map(({ type, instance, host, port }) => `${type} ${instance} ${host ?? ''} ${port ?? ''}`)
    .toSorted(inOrder);
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : 1;
}

/** Lets devices come and go at `demo` by nsupdate until it is closed, which tells how many changes that were. */
function stream(demo: Demo): { close(): Promise<number> } {
  let isStopped = false;
  const run = async (): Promise<number> => {
    let changes = 0;
    for (; !isStopped; changes += 1) {
      const name = `Stream\\032${changes}._http._tcp.office.test`;
      const gone = `Stream\\032${changes - 2}._http._tcp.office.test`;
      await demo.update(
        'office.test',
        `update add _http._tcp.office.test 60 PTR ${name}`,
        `update add ${name} 60 SRV 0 0 ${8000 + changes} www.office.test`,
        `update delete _http._tcp.office.test PTR ${gone}`,
        ...(changes % 3 === 0 ? [`update delete ${gone}`] : []),
      );
    }
    return changes;
  };
  const done = run();
  return {
    close: () => {
      isStopped = true;
      return done;
    },
  };
}

test('a window that is reloaded in the middle of a stream of changes loses nothing', async ({
  demo,
  open,
  owned,
}) => {
  const herald = await open({ domains: domainsOf(demo).filter(({ name }) => name === 'office.test') });
  const { page } = herald;
  await herald.showAll();
  await expect(serviceLine(page, '_ipp._tcp', 'Meeting Room 3')).toBeVisible();

  const changes = owned(stream(demo));
  for (let reloads = 0; reloads < 5; reloads += 1) {
    await page.reload();
    await expect(serviceLine(page, '_ipp._tcp', 'Meeting Room 3')).toBeVisible();
    await expect(page.locator('.service-name').filter({ hasText: 'Stream' }).first()).toBeVisible();
  }
  expect(await changes.close()).toBeGreaterThan(5);

  const truth = await listed(demo);
  await expect
    .poll(async () =>
      (await shownServices(page))
        .map(({ type, instance, host, port }) => `${type} ${instance} ${host} ${port}`)
        .toSorted(inOrder),
    )
    .toEqual(truth);
  expect(herald.complaints).toEqual([]);
  expect(demo.network.sessionCount).toBe(1); // the core went on; the window alone began again
});

test('a page that crashes comes back by itself, says so, and shows everything again', async ({
  demo,
  open,
}) => {
  const { page, app } = await open({ domains: domainsOf(demo) });
  await expect(serviceLine(page, '_ipp._tcp', 'Meeting Room 3')).toBeVisible();
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );

  // A page that crashed is lost for the test's own connection, so the application is asked what became of it.
  const isBack = (): Promise<boolean> =>
    app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]!.webContents;
      return contents.getURL().endsWith('#restarted') && !contents.isLoading() && !contents.isCrashed();
    });
  await expect.poll(isBack).toBe(true);
  const text = (): Promise<string> =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript('document.body.innerText'),
    );
  await expect.poll(text).toContain('The window had to restart.');
  await expect.poll(text).toContain('Meeting Room 3');
  await expect.poll(text).toContain('Both domains live');
  expect(demo.network.sessionCount).toBe(1);
});
