/** The composition root: the one place that says `new` to the real network, files and windows. */
import path from 'node:path';
import { app, clipboard, dialog, ipcMain, powerMonitor, session } from 'electron';
import type { BrowserWindow } from 'electron';
import type { Command, CommandResult } from '../contract/command.ts';
import type { PauseInput } from '../browse/pause-policy.ts';
import { Pauser } from '../browse/pauser.ts';
import { readAnchorFile } from '../net/anchor-files.ts';
import { systemClock } from '../net/clock.ts';
import type { NetworkState } from '../net/network-change.ts';
import { NetworkChange } from '../net/network-change.ts';
import { cryptoRandom } from '../net/random.ts';
import { LogFile } from '../storage/log-file.ts';
import { SettingsFile } from '../storage/settings.ts';
import { answerAnchorChoice } from './anchor-choice.ts';
import { serveAppScheme } from './app-scheme.ts';
import { openBrowserWindow } from './browser-window.ts';
import { APP_ORIGIN } from './bundled-file.ts';
import { Commands } from './commands.ts';
import { answerDomainReach } from './domain-reach.ts';
import { reportFaults } from './faults.ts';
import { guardPages, refusePermissions } from './guard.ts';
import { FavouriteCount } from './favourite-count.ts';
import { FavouriteDesk } from './favourite-desk.ts';
import type { Headless } from './headless.ts';
import { startHeadless } from './headless-window.ts';
import { IdleTime } from './idle-time.ts';
import { Ipc } from './ipc.ts';
import { Lifecycle } from './lifecycle.ts';
import { setMenu } from './menu.ts';
import { openCore } from './open-core.ts';
import type { CoreParts, OpenedCore } from './open-core.ts';
import { answerNoticeChoices } from './notice-choices.ts';
import { notificationProblem, systemNotifier } from './notifier.ts';
import { SettingsPlaces } from './place-book.ts';
import { answerPlaceChoices } from './place-choices.ts';
import { answerPauseChoices } from './pause-choices.ts';
import { followPower } from './power.ts';
import { SettingsDesk } from './settings-desk.ts';
import { SettingsWindow } from './settings-window.ts';
import type { Switches } from './switches.ts';
import { followTheme } from './theme.ts';
import { sayFarewell } from './tray-farewell.ts';
import { TrayIcon } from './tray.ts';
import { blindSpot, trayProblem } from './tray-host.ts';
import { isTrustedSender } from './trusted-sender.ts';

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

  const favourites = new FavouriteDesk({
    clock: systemClock,
    settings,
    notifier: systemNotifier,
    show: () => show(),
  });
  const tray = new TrayIcon({
    clock: systemClock,
    isWanted: () => settings.value.closeToTray,
    isPaused: () => settings.value.isPaused,
    actions: {
      show: () => show(),
      open: ({ id, domain }) => favourites.open(id, domain),
      pause: (kind) => void execute({ kind }), // its row says how it went
      quit: () => lifecycle.quit(0),
    },
  });

  const places = new SettingsPlaces(settings);
  let opened: OpenedCore;
  try {
    const { anchorFile, domains } = settings.value;
    const kept = { anchorFile, domains: switches.isOnce ? [] : domains };
    const told: CoreParts['told'] = (news, domain) => {
      favourites.told(news, domain);
      tray.told(news);
    };
    const around = { dataFolder: data, tellsLines: isHeadless, told, places, say };
    opened = await openCore({ ...switches, ...kept, ...around });
  } catch (error) {
    say(`Herald could not start: ${error instanceof Error ? error.message : String(error)}`);
    app.exit(1);
    return;
  }
  const { core, begin, demoDomains, rewatch, lookAround, review } = opened;
  const settingsWindow = new SettingsWindow(`${pages}/settings.html`, PRELOADS);
  let window: BrowserWindow | null = null;
  let headless: Headless | null = null;

  const network = new NetworkChange(systemClock);
  const pauser = new Pauser({
    clock: systemClock,
    random: cryptoRandom,
    pausable: core,
    start: { settings: settings.value, isNetworkUp: network.state.isConnected },
  });
  const attention = (input: PauseInput): void => pauser.take(input);
  const idle = new IdleTime({
    clock: systemClock,
    idleSeconds: () => powerMonitor.getSystemIdleTime(),
    attention,
  });
  idle.follow(settings.value);
  const favouriteCount = new FavouriteCount(core, (count) => attention({ kind: 'favourites', count }));

  const commands = new Commands({
    core,
    settings,
    demoDomains,
    favourites,
    newPlace: places.newPlace,
    attention,
    openSettings: () => settingsWindow.open(),
    copy: async (text) => clipboard.writeText(text),
    windowId: () => window?.id,
  });
  const execute = async (command: Command): Promise<CommandResult> => {
    const result = await commands.execute(command);
    if (command.kind === 'remove-domain' && result.ok) tray.forget(command.id);
    if (command.kind === 'pause' || command.kind === 'resume') tray.update();
    return result;
  };
  const ipc = new Ipc(ipcMain, core, execute, (sent) => isTrustedSender(sent, window?.webContents.id, pages));

  const desk = new SettingsDesk(ipcMain, (sent) => isTrustedSender(sent, settingsWindow.id, pages));
  answerDomainReach(desk, {
    domains: () => settings.value.domains,
    change: (changed) => {
      const domains = settings.value.domains.map((domain) =>
        domain.name === changed.name ? changed : domain,
      );
      const saved = settings.save({ domains });
      rewatch(changed);
      return saved;
    },
  });
  answerAnchorChoice(desk, {
    settings,
    read: readAnchorFile,
  });
  answerPauseChoices(desk, {
    settings,
    trayProblem,
    blindSpot: blindSpot(),
    changed: () => {
      attention({ kind: 'settings', settings: settings.value });
      idle.follow(settings.value);
      tray.update();
      // Without its icon nothing would bring a hidden window back.
      if (!settings.value.closeToTray && window?.isVisible() === false) window.show();
    },
  });

  answerNoticeChoices(desk, {
    settings,
    problem: notificationProblem,
  });

  answerPlaceChoices(desk, {
    settings,
    changed: review,
  });

  const pageGone = (id: number): void => {
    ipc.forgetReader();
    core.look(id, null);
  };
  const openWindow = (): BrowserWindow => {
    const browser = openBrowserWindow({
      address: `${pages}/index.html`,
      preloads: PRELOADS,
      place: settings.value.window,
      onPlace: (place) => settings.change({ window: place }),
      attention,
      closesToTray: () => settings.value.closeToTray,
      hasTray: async () => (await trayProblem()) === null,
      sayFarewell: (closed) =>
        sayFarewell({
          settings,
          notifier: systemNotifier,
          notificationProblem,
          message: ({ title, body }) =>
            dialog.showMessageBox(closed, { type: 'info', title, message: title, detail: body }),
          show,
        }),
      onPageGone: pageGone,
      onBreakdown: say,
    });
    const { id } = browser;
    browser.once('closed', () => {
      window = null;
      pageGone(id);
    });
    return browser;
  };
  const show = (): void => {
    attention({ kind: 'person' });
    if (window === null) {
      window = openWindow();
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
  };

  const lifecycle = new Lifecycle({
    app,
    process,
    show,
    close: async () => {
      headless?.stop();
      ipc.close();
      desk.close();
      favouriteCount.close();
      favourites.close();
      stopNetwork();
      idle.close();
      tray.close();
      pauser.close();
      await Promise.all([core.close(), settings.flush()]);
    },
  });
  const hearOfNetwork = ({ isConnected }: NetworkState): void => {
    lookAround(); // connections are suspected half a second later
    attention({ kind: 'network', isUp: isConnected });
  };
  const stopNetwork = network.onChange(hearOfNetwork);
  followPower(powerMonitor, attention, {
    wakes: () => {
      hearOfNetwork(network.state);
      network.look();
    },
    ends: () => lifecycle.quit(0),
  });
  followTheme(settings, () => (window === null ? [] : [window]));
  setMenu({
    page: () => window?.webContents ?? null,
    openSettings: () => settingsWindow.open(),
    logFolder: path.dirname(log.file),
    isPackaged: app.isPackaged,
  });
  window = openWindow();
  // Its page is loaded by other processes; meanwhile this one reads what there was to show.
  if (settings.value.isPaused && !switches.isOnce) attention({ kind: 'user', wish: 'pause' });
  favourites.begin(core);
  begin();
  tray.update();
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
