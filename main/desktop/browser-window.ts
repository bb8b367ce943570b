import path from 'node:path';
import { BrowserWindow, app, nativeTheme, screen } from 'electron';
import type { PauseInput } from '../browse/pause-policy.ts';
import type { WindowPlace } from '../storage/settings.ts';
import { addContextMenu } from './context-menu.ts';
import { followWindow } from './window-attention.ts';
import { FIRST_SIZE, MIN_SIZE, placeOnScreen } from './window-place.ts';

/** `--paper` of renderer/theme/tokens.css, painted before the page does, so that a dark window does not flash. */
const PAPER = { light: '#ffffff', dark: '#17191e' };

/** The colour of a window's ground in the theme of now. */
export function paper(): string {
  return nativeTheme.shouldUseDarkColors ? PAPER.dark : PAPER.light;
}

/** The scheme under which a window that broke down is opened anew, so that its page can say so. */
const RESTARTED = '#restarted';

/** A window may break down this many times before it is left as it is. */
const MAX_RESTARTS = 3;

/** What the browser window is made of. */
export interface BrowserWindowParts {
  /** The address of its page. */
  readonly address: string;
  /** The folder of the bundled preloads. */
  readonly preloads: string;
  /** Where the window last was. */
  readonly place: WindowPlace | null;
  readonly onPlace: (place: WindowPlace) => void;
  /** Told of all that bears on whether anything is watched. */
  readonly attention: (input: PauseInput) => void;
  /** Whether closing the window is to leave Herald in the tray, and whether there is one to be seen in. */
  readonly closesToTray: () => boolean;
  readonly hasTray: () => Promise<boolean>;
  /** Says what becomes of Herald before the window goes; it never rejects. */
  readonly sayFarewell: (window: BrowserWindow) => Promise<void>;
  /** The page of the window with this number is loading, or gone: it is to be sent nothing until it asks again, and sees nothing. */
  readonly onPageGone: (id: number) => void;
  readonly onBreakdown: (reason: string) => void;
}

/**
 * Opens the browser window. It shows strings from the network, so it is sandboxed and isolated, and has neither Node nor
 * `@electron/remote`.
 */
export function openBrowserWindow(parts: BrowserWindowParts): BrowserWindow {
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...FIRST_SIZE,
    ...placeOnScreen(parts.place, screens),
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    show: false,
    title: 'Herald',
    backgroundColor: paper(),
    autoHideMenuBar: true,
    webPreferences: {
      preload: path.join(parts.preloads, 'browser.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  if (parts.place?.isMaximized === true) window.maximize();
  window.once('ready-to-show', () => window.show());
  addContextMenu(window);
  followWindow(window, parts.attention);
  hideInTray(window, parts);
  rememberPlace(window, parts.onPlace);
  surviveBreakdowns(window, parts);
  void window.loadURL(parts.address); // a failure shows as did-fail-load below
  return window;
}

function rememberPlace(window: BrowserWindow, onPlace: (place: WindowPlace) => void): void {
  const tell = (): void => {
    if (window.isDestroyed() || window.isMinimized()) return;
    onPlace({ ...window.getNormalBounds(), isMaximized: window.isMaximized() });
  };
  window.on('resize', tell);
  window.on('move', tell);
  window.on('close', tell);
}

/** Hides the window instead of closing it, where that is wanted and an icon brings it back. */
function hideInTray(window: BrowserWindow, parts: BrowserWindowParts): void {
  const leave = async (): Promise<void> => {
    if (!(await parts.hasTray())) {
      window.destroy();
      return;
    }
    await parts.sayFarewell(window);
    if (!window.isDestroyed()) window.hide();
  };
  window.on('close', (event) => {
    if (!parts.closesToTray()) return;
    event.preventDefault();
    void leave(); // it never rejects
  });
}

function surviveBreakdowns(window: BrowserWindow, parts: BrowserWindowParts): void {
  const { webContents } = window;
  let restarts = 0;
  const pageGone = (): void => {
    parts.onPageGone(window.id);
    parts.attention({ kind: 'page', id: window.id, visibility: 'unknown' });
  };
  webContents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) pageGone();
  });
  webContents.on('did-fail-load', (_event, _code, description, address) =>
    parts.onBreakdown(`${address} did not load: ${description}`),
  );
  webContents.on('render-process-gone', (_event, details) => {
    pageGone();
    if (details.reason === 'clean-exit') return;
    parts.onBreakdown(`the window’s process ended: ${details.reason}, ${details.exitCode}`);
    restarts += 1;
    if (restarts <= MAX_RESTARTS) void window.loadURL(`${parts.address}${RESTARTED}`); // as at the start
  });
}
