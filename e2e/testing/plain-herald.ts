import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright';
import { chromium } from 'playwright';
import type { Command, CommandOptions } from './command.ts';
import { ROOT } from './command.ts';
import type { HeraldOptions } from './herald.ts';
import { writeSettings } from './herald.ts';

const ELECTRON = createRequire(import.meta.url)('electron') as string;
const ENDPOINT = /(?<=DevTools listening on )ws:\S+/;

/**
 * Herald as a person starts it. Playwright's own way to start Electron has every page think that it is focused and seen,
 * whatever becomes of its window; looked at through DevTools without that, a page says truly whether it is seen.
 */
export class PlainHerald {
  /** Its program: it ends with the test that started it. */
  readonly command: Command;
  #browser: Browser;
  #page: Page;

  private constructor(command: Command, { browser, page }: Look) {
    this.command = command;
    this.#browser = browser;
    this.#page = page;
  }

  /** Starts Herald by `start` and waits until its window shows something of the main process. */
  static async open(
    start: (file: string, args: readonly string[], options?: CommandOptions) => Command,
    options: HeraldOptions,
  ): Promise<PlainHerald> {
    await writeSettings(options);
    const args = [`--user-data-dir=${options.profile}`, '--no-sandbox', '--remote-debugging-port=0', ROOT];
    const command = start(ELECTRON, args, { env: options.env ?? process.env, isGroup: true });
    const look = await lookAt(command);
    await look.page.locator('html[data-revision]').waitFor();
    return new PlainHerald(command, look);
  }

  /** Its window, as it is looked at. */
  get page(): Page {
    return this.#page;
  }

  /** Looks anew: DevTools let go of every page when the machine goes to sleep. */
  async lookAgain(): Promise<Page> {
    await this.#browser.close();
    ({ browser: this.#browser, page: this.#page } = await lookAt(this.command));
    return this.#page;
  }

  /** Opens the settings window. */
  async openSettings(): Promise<Page> {
    const opening = this.page.context().waitForEvent('page');
    await this.page.getByRole('button', { name: 'Settings' }).click();
    return opening;
  }

  /** Lets go of its pages; the program itself is ended by whoever started it. */
  close(): Promise<void> {
    return this.#browser.close();
  }
}

/** A page and the connection by which it is seen. */
interface Look {
  readonly browser: Browser;
  readonly page: Page;
}

async function lookAt(command: Command): Promise<Look> {
  const browser = await chromium.connectOverCDP(await command.complaint(ENDPOINT), { noDefaults: true });
  const context = browser.contexts()[0]!;
  return { browser, page: context.pages()[0] ?? (await context.waitForEvent('page')) };
}
