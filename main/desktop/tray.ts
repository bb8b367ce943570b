import path from 'node:path';
import { Menu, Tray, app } from 'electron';

/** What the icon's menu does. */
export interface TrayParts {
  readonly show: () => void;
  /** Whether the user's own Pause holds. */
  readonly isPaused: () => boolean;
  readonly pause: (wish: 'pause' | 'resume') => void;
  readonly quit: () => void;
}

/** Sharp at the usual sizes: panels scale it down. */
const ICON = 'assets/icons/32x32.png';

/** The icon in the system's tray: it is there while closing the window leaves Herald in it. */
export class TrayIcon {
  readonly #parts: TrayParts;
  #tray: Tray | null = null;

  constructor(parts: TrayParts) {
    this.#parts = parts;
  }

  /** Shows the icon or takes it away, and brings its menu up to date. */
  show(isWanted: boolean): void {
    if (!isWanted) {
      this.#tray?.destroy();
      this.#tray = null;
      return;
    }
    this.#tray ??= this.#made();
    this.#tray.setContextMenu(this.#menu());
  }

  #made(): Tray {
    const tray = new Tray(path.join(app.getAppPath(), ICON));
    tray.setToolTip('Herald');
    tray.on('click', this.#parts.show);
    return tray;
  }

  #menu(): Menu {
    const { isPaused, pause, quit, show } = this.#parts;
    return Menu.buildFromTemplate([
      { label: 'Show Herald', click: show },
      isPaused()
        ? { label: 'Resume', click: () => pause('resume') }
        : { label: 'Pause', click: () => pause('pause') },
      { type: 'separator' },
      { label: 'Quit', click: quit },
    ]);
  }
}
