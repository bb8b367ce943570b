import type { App } from 'electron';

/** How long everything has to close gracefully before Herald goes all the same, in milliseconds. */
const CLOSE_WITHIN_MS = 900;

/** What has to happen at the turning points of the application. */
export interface LifecycleParts {
  readonly app: App;
  readonly process: NodeJS.Process;
  /** Closes every session and saves what is to be saved; it may take as long as it likes, but is not waited for. */
  readonly close: () => Promise<void>;
  /** Opens the browser window, or brings it to the front. */
  readonly show: () => void;
}

/** Ends the application gracefully, whoever asks: the menu, the last window, the session's end, Ctrl-C. */
export class Lifecycle {
  readonly #parts: LifecycleParts;
  #isClosing = false;

  constructor(parts: LifecycleParts) {
    this.#parts = parts;
    const { app, process, show } = parts;
    app.on('before-quit', (event) => {
      event.preventDefault();
      this.quit(0);
    });
    app.on('window-all-closed', () => {
      if (process.platform !== 'darwin') this.quit(0);
    });
    app.on('activate', show);
    app.on('second-instance', show);
    app.on('browser-window-created', (_event, window) => window.on('session-end', () => this.quit(0))); // Windows
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.quit(0));
  }

  /** Closes everything and ends the process with `status`, within a second; the first status asked for stands. */
  quit(status: number): void {
    const { app } = this.#parts;
    if (this.#isClosing) return;
    this.#isClosing = true;
    const force = setTimeout(() => app.exit(status), CLOSE_WITHIN_MS);
    void this.#close().then(() => {
      clearTimeout(force);
      app.exit(status);
    }); // #close never rejects
  }

  async #close(): Promise<void> {
    await this.#parts.close().catch((error: unknown) => {
      this.#parts.process.stderr.write(`Herald did not close cleanly: ${String(error)}\n`);
    });
  }
}
