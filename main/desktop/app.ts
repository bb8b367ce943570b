/** The composition root: the one place that says `new` to the real network, files and windows. */
import path from 'node:path';
import { app, clipboard, ipcMain, session } from 'electron';
import type { BrowserWindow } from 'electron';
import type { Command, CommandResult } from '../contract/command.ts';
import { LogFile } from '../storage/log-file.ts';
import { SettingsFile } from '../storage/settings.ts';
import { serveAppScheme } from './app-scheme.ts';
import { openBrowserWindow } from './browser-window.ts';
import { APP_ORIGIN } from './bundled-file.ts';
import { DomainReach } from './domain-reach.ts';
import { reportFaults } from './faults.ts';
import { guardPages, refusePermissions } from './guard.ts';
import type { Headless } from './headless.ts';
import { startHeadless } from './headless-window.ts';
import { Ipc } from './ipc.ts';
import { Lifecycle } from './lifecycle.ts';
import { setMenu } from './menu.ts';
import { openCore } from './open-core.ts';
import type { OpenedCore } from './open-core.ts';
import { SettingsWindow } from './settings-window.ts';
import type { Switches } from './switches.ts';
import { followTheme } from './theme.ts';
import { isTrustedSender } from './trusted-sender.ts';
import { domainsToKeep } from './watched-domains.ts';

/** The switches of a run. */
export type RunSwitches = Extract<Switches, { kind: 'run' }>;

/** The bundle: out/main/index.js, out/preload/ and out/renderer/. */
const OUT = path.dirname(import.meta.dirname);
const PRELOADS = path.join(OUT, 'preload');

/** Starts Herald once Electron is ready. */
export async function startHerald(switches: RunSwitches): Promise<void> {
  const picture = process.env['HERALD_SCREENSHOT'];
  const isHeadless = picture !== undefined || switches.isOnce;
  const data = app.getPath('userData');
  const log = new LogFile(path.join(data, 'logs', 'herald.log'), () => new Date());
  reportFaults(app, process, log, isHeadless);
  const say = (message: string): void => {
    log.write(message);
    process.stderr.write(`${message}\n`);
  };

  const settings = new SettingsFile(path.join(data, 'settings.json'), say);
  const developer = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'];
  const pages = developer ?? APP_ORIGIN;
  guardPages(app);
  refusePermissions(session.defaultSession);
  serveAppScheme(path.join(OUT, 'renderer'));

  let opened: OpenedCore;
  try {
    opened = await openCore({ ...switches, domains: switches.isOnce ? [] : settings.value.domains, say });
  } catch (error) {
    say(`Herald could not start: ${error instanceof Error ? error.message : String(error)}`);
    app.exit(1);
    return;
  }
  const { core, demoDomains, rewatch } = opened;
  const settingsWindow = new SettingsWindow(`${pages}/settings.html`, PRELOADS);
  let window: BrowserWindow | null = null;
  let headless: Headless | null = null;

  const execute = async (command: Command): Promise<CommandResult> => {
    if (command.kind === 'open-settings') {
      settingsWindow.open();
      return { ok: true };
    }
    if (command.kind === 'copy-text') {
      await clipboard.writeText(command.text);
      return { ok: true };
    }
    const result = await core.execute(command);
    if (result.ok && (command.kind === 'add-domain' || command.kind === 'remove-domain')) {
      const { domains } = core.snapshot().tables;
      await settings.save({ domains: domainsToKeep(domains, settings.value.domains, demoDomains) });
    }
    return result;
  };
  const ipc = new Ipc(ipcMain, core, execute, (sent) => isTrustedSender(sent, window?.webContents.id, pages));

  const reach = new DomainReach({
    handlers: ipcMain,
    isTrusted: (sent) => isTrustedSender(sent, settingsWindow.id, pages),
    domains: () => settings.value.domains,
    change: (changed) => {
      const domains = settings.value.domains.map((domain) =>
        domain.name === changed.name ? changed : domain,
      );
      rewatch(changed);
      return settings.save({ domains });
    },
  });

  const openWindow = (): void => {
    const browser = openBrowserWindow({
      address: `${pages}/index.html`,
      preloads: PRELOADS,
      place: settings.value.window,
      onPlace: (place) => settings.change({ window: place }),
      onPageGone: () => ipc.forgetReader(),
      onBreakdown: say,
    });
    window = browser;
    browser.once('closed', () => {
      window = null;
      ipc.forgetReader();
    });
  };

  const lifecycle = new Lifecycle({
    app,
    process,
    window: () => window,
    openWindow,
    close: async () => {
      headless?.stop();
      ipc.close();
      reach.close();
      await Promise.all([core.close(), settings.flush()]);
    },
  });
  followTheme(settings, () => (window === null ? [] : [window]));
  setMenu({
    page: () => window?.webContents ?? null,
    openSettings: () => settingsWindow.open(),
    logFolder: path.dirname(log.file),
    isPackaged: app.isPackaged,
  });
  openWindow();
  if (isHeadless) {
    headless = startHeadless(
      core,
      () => window,
      picture,
      switches.isOnce,
      (status) => lifecycle.quit(status),
    );
  }
}
