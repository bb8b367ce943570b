import path from 'node:path';
import * as remote from '@electron/remote/main/index.js';
import { BrowserWindow, app } from 'electron';
import { addContextMenu } from './context-menu.ts';
import { paper } from './browser-window.ts';

const SIZE = { width: 520, height: 620 };

/**
 * The settings window. It shows nothing from the network, and it alone is enabled for `@electron/remote`, which its
 * preload hides behind a few functions.
 */
export class SettingsWindow {
  readonly #address: string;
  readonly #preloads: string;
  #window: BrowserWindow | null = null;

  /** `address` is the page's; `preloads` the folder of the bundled preloads. */
  constructor(address: string, preloads: string) {
    this.#address = address;
    this.#preloads = preloads;
    remote.initialize();
  }

  /** Which page is the settings window's, while it is open. */
  get id(): number | undefined {
    return this.#window?.webContents.id;
  }

  /** Opens the window, or brings it to the front. */
  open(): void {
    if (this.#window !== null) {
      this.#window.focus();
      return;
    }
    const window = new BrowserWindow({
      ...SIZE,
      show: false,
      title: 'Herald settings',
      backgroundColor: paper(),
      fullscreenable: false,
      minimizable: false,
      maximizable: false,
      autoHideMenuBar: true,
      webPreferences: {
        preload: path.join(this.#preloads, 'settings.cjs'),
        contextIsolation: true,
        nodeIntegration: false,
        spellcheck: false,
        devTools: !app.isPackaged,
      },
    });
    this.#window = window;
    remote.enable(window.webContents);
    addContextMenu(window);
    window.once('ready-to-show', () => window.show());
    window.once('closed', () => (this.#window = null));
    void window.loadURL(this.#address); // a page of our own bundle; a failure leaves the window empty and closable
  }
}
