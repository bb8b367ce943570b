import type { Page } from 'playwright';
import type { BrowserBridge, Snapshot } from '../../main/contract/api.ts';
import type { Command, CommandResult } from '../../main/contract/command.ts';

declare global {
  interface Window {
    /** What the preload gives the browser window. */
    readonly herald: BrowserBridge;
  }
}

/** Asks the main process for something, as the page itself does. */
export function send(page: Page, command: Command): Promise<CommandResult> {
  return page.evaluate((asked) => window.herald.send(asked), command);
}

/** Every table, as the main process has it for the page. */
export async function snapshot(page: Page): Promise<Snapshot> {
  return JSON.parse(await page.evaluate(() => window.herald.snapshot())) as Snapshot;
}
