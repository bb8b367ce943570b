import type { Page } from 'playwright';
import type { BrowserApi, Snapshot } from '../../main/contract/api.ts';
import type { Command, CommandResult } from '../../main/contract/command.ts';

declare global {
  interface Window {
    /** What the preload gives the browser window. */
    readonly herald: BrowserApi;
  }
}

/** Asks the main process for something, as the page itself does. */
export function send(page: Page, command: Command): Promise<CommandResult> {
  return page.evaluate((asked) => window.herald.send(asked), command);
}

/** Every table, as the main process has it for the page. */
export function snapshot(page: Page): Promise<Snapshot> {
  return page.evaluate(() => window.herald.snapshot());
}
