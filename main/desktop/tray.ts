import path from 'node:path';
import { Menu, Tray, app } from 'electron';
import { RecentChanges } from '../browse/recent-changes.ts';
import type { ServiceNews } from '../browse/service-news.ts';
import type { Clock } from '../net/clock.ts';
import type { TrayActions } from './tray-menu.ts';
import { trayMenu } from './tray-menu.ts';

/** What the icon is made of. */
export interface TrayParts {
  readonly clock: Clock;
  /** Whether the icon is wanted, and whether the user's own Pause holds. */
  readonly isWanted: () => boolean;
  readonly isPaused: () => boolean;
  readonly actions: TrayActions;
}

/** Sharp at the usual sizes: panels scale it down. */
const ICON = 'assets/icons/32x32.png';

/** However much happens, the menu is made anew for it once in this time, in milliseconds. */
const TOLD_WITHIN_MS = 1_000;

/** The icon in the system's tray: it is there while closing the window leaves Herald in it. */
export class TrayIcon {
  readonly #parts: TrayParts;
  readonly #changes = new RecentChanges();
  #tray: Tray | null = null;
  /** Ends the wait for the next menu; undefined while there is none. */
  #cancelTimer: (() => void) | undefined;

  constructor(parts: TrayParts) {
    this.#parts = parts;
  }

  /** Shows the icon or takes it away, and brings its menu up to date. */
  update(): void {
    this.close();
    if (!this.#parts.isWanted()) {
      this.#tray?.destroy();
      this.#tray = null;
      return;
    }
    this.#tray ??= this.#made();
    const state = { isPaused: this.#parts.isPaused(), changes: this.#changes.all };
    this.#tray.setContextMenu(Menu.buildFromTemplate(trayMenu(state, this.#parts.actions)));
  }

  /** Some things happened to services. */
  told(news: readonly ServiceNews[]): void {
    const { clock } = this.#parts;
    this.#changes.take(news);
    if (this.#tray === null) return;
    this.#cancelTimer ??= clock.at(clock.nowMs() + TOLD_WITHIN_MS, () => this.update());
  }

  /** A domain is not watched any longer. */
  forget(domain: string): void {
    this.#changes.forget(domain);
    this.update();
  }

  /** Waits for nothing any more; the icon goes with the process. */
  close(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  #made(): Tray {
    const tray = new Tray(path.join(app.getAppPath(), ICON));
    tray.setToolTip('Herald');
    tray.on('click', this.#parts.actions.show);
    return tray;
  }
}
