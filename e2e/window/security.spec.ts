import type { WebPreferences } from 'electron';
import type { ElectronApplication, Page } from 'playwright';
import { expect } from 'playwright/test';
import { serviceLine } from '../testing/service-list.ts';
import { test } from '../testing/test.ts';

/** What a page would have if it had Node, Electron or a module system. */
const FORBIDDEN = [
  'process',
  'require',
  'module',
  'exports',
  'Buffer',
  'global',
  '__dirname',
  'electron',
  'ipcRenderer',
  'remote',
];

/** Which of the forbidden names mean something to the scripts of a page. */
function forbiddenIn(page: Page): Promise<readonly string[]> {
  return page.evaluate((names) => names.filter((name) => name in globalThis), FORBIDDEN);
}

/** How the window with this address is set up, as Electron itself has it. */
function preferencesOf(app: ElectronApplication, address: string) {
  return app.evaluate(({ BrowserWindow }, wanted) => {
    const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL() === wanted);
    const contents = window?.webContents as unknown as { getLastWebPreferences(): WebPreferences };
    const {
      sandbox,
      contextIsolation,
      nodeIntegration,
      webviewTag = false,
      webSecurity,
    } = contents.getLastWebPreferences();
    return { sandbox, contextIsolation, nodeIntegration, webviewTag, webSecurity };
  }, address);
}

/** What `@electron/remote` in the main process answers a window that asks it for Electron's `app`. */
function remoteAnswer(app: ElectronApplication, address: string): Promise<string> {
  return app.evaluate(({ BrowserWindow, ipcMain }, wanted) => {
    const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL() === wanted)!;
    const event = { sender: window.webContents, frameId: 1, returnValue: { type: 'nobody listens' } };
    ipcMain.emit('REMOTE_BROWSER_GET_BUILTIN', event, 'context', 'app');
    return event.returnValue.type;
  }, address);
}

test('the browser window has no Node, no Electron and no remote: three functions and nothing else', async ({
  herald,
}) => {
  const { app, page } = herald;

  expect(await forbiddenIn(page)).toEqual([]);
  expect(
    await page.evaluate(() => Object.keys(globalThis).filter((name) => name.startsWith('herald'))),
  ).toEqual(['herald']);
  expect(
    await page.evaluate(() => Object.keys((globalThis as unknown as { herald: object }).herald).toSorted()),
  ).toEqual(['onUpdate', 'send', 'snapshot']);
  expect(await preferencesOf(app, page.url())).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    webSecurity: true,
  });
  expect(await remoteAnswer(app, page.url())).toBe('exception');
});

test('the settings window alone has remote, behind its own few functions, and shows the version and the folder', async ({
  herald,
  scratch,
}) => {
  const { app, page, complaints } = herald;
  const settings = await herald.openSettings();
  const version = await app.evaluate((electron) => electron.app.getVersion());
  const electron = await app.evaluate(() => process.versions.electron);

  await expect(settings.getByRole('heading', { level: 1 })).toHaveText('Settings');
  await expect(settings.locator('.versions')).toContainText(`Herald${version}`);
  await expect(settings.locator('.versions')).toContainText(`Electron${electron}`);
  await expect(settings.getByText(`${scratch}/profile`)).toBeVisible();
  await settings.screenshot({ path: 'out/e2e-settings.png' });
  expect(await forbiddenIn(settings)).toEqual([]);
  expect(await preferencesOf(app, settings.url())).toMatchObject({
    contextIsolation: true,
    nodeIntegration: false,
  });
  expect(await remoteAnswer(app, settings.url())).not.toBe('exception');
  expect(await remoteAnswer(app, page.url())).toBe('exception');
  expect(await settings.evaluate(() => 'herald' in globalThis)).toBe(false);
  expect(complaints).toEqual([]);
});

test('the settings window may not speak for the browser window', async ({ herald }) => {
  const { app, page } = herald;
  const settings = await herald.openSettings();
  await expect(settings.getByRole('heading', { level: 1 })).toBeVisible();
  // The channel itself is asked, as a page would that had taken over the renderer.
  const answer = await app.evaluate(async ({ BrowserWindow, ipcMain }, address) => {
    const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL() === address)!;
    const event = { sender: window.webContents, senderFrame: window.webContents.mainFrame };
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, (...args: unknown[]) => unknown> })
      ._invokeHandlers;
    return await handlers.get('command')!(event, { kind: 'remove-domain', id: 'office.test' });
  }, settings.url());

  expect(answer).toMatchObject({ ok: false, code: 'not-allowed' });
  await expect(serviceLine(page, '_ipp._tcp', 'Meeting Room 3')).toBeVisible();
});

test('no page opens another window or leaves for another address', async ({ herald }) => {
  const { app, page } = herald;
  const address = page.url();
  const opened = await page.evaluate(() => {
    const link = Object.assign(document.createElement('a'), {
      href: 'https://example.org/',
      target: '_blank',
    });
    document.body.append(link);
    link.click();
    link.target = '';
    link.click();
    location.href = 'https://example.org/';
    return window.open('https://example.org/') ?? window.open('app://herald/settings.html');
  });
  // Playwright's locators wait for the navigation that does not come, so the document is asked directly.
  const heading = () => page.evaluate(() => document.querySelector('h1')?.textContent);

  expect(await heading()).toBe('All services');
  expect(opened).toBeNull();
  expect(await page.evaluate(() => location.href)).toBe(address);
  expect(app.windows()).toHaveLength(1);
});

test('no page gets a permission', async ({ herald }) => {
  const states = await herald.page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read'];
    return await Promise.all(
      names.map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state),
    );
  });

  expect(new Set(states)).toEqual(new Set(['denied']));
});
