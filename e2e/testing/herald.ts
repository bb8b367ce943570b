import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication, Page } from 'playwright';
import { _electron } from 'playwright';
import { ROOT } from './command.ts';
import type { Demo } from './demo.ts';

/** What Herald gets to close in good order when a test is over. */
const CLOSE_WITHIN_MS = 5_000;

/** A domain in the settings, with how it is reached. */
export interface WatchedDomain {
  readonly name: string;
  readonly resolver?: { readonly host: string; readonly port: number };
  readonly caFile?: string;
  readonly place?: { readonly choice: 'anywhere' | 'own-networks' };
}

/** What Herald is started with. */
export interface HeraldOptions {
  /** A folder for the settings and all that Herald keeps; it need not exist. */
  readonly profile: string;
  /** The domains in the settings; without them the settings of an earlier start stand. */
  readonly domains?: readonly WatchedDomain[];
  readonly theme?: 'light' | 'dark';
  /** More of the settings, such as `graceSeconds`; only together with domains. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: NodeJS.ProcessEnv;
  /** What to start in place of Electron. */
  readonly electron?: string;
  /** Switches of ours, such as `--demo`. */
  readonly switches?: readonly string[];
}

/** How Herald ended. */
export interface HeraldEnd {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly tookMs: number;
}

/** Herald in the real Electron, with settings of its own, and its browser window. */
export class Herald {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** What any page complained of: errors in its console, refusals of the content security policy, exceptions. */
  readonly complaints: readonly string[];
  readonly #process: ChildProcess;
  readonly #exit: Promise<[number | null, NodeJS.Signals | null]>;

  private constructor(app: ElectronApplication, page: Page, complaints: readonly string[]) {
    this.app = app;
    this.page = page;
    this.complaints = complaints;
    this.#process = app.process();
    this.#exit = once(this.#process, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  }

  /** Starts Herald and waits until its window shows something of the main process. */
  static async open(options: HeraldOptions): Promise<Herald> {
    const { profile, switches = [], env, electron } = options;
    await writeSettings(options);
    const app = await _electron.launch({
      args: [`--user-data-dir=${profile}`, '.', ...switches],
      cwd: ROOT,
      ...(electron === undefined ? {} : { executablePath: electron }),
      env: (env ?? process.env) as Record<string, string>,
      colorScheme: null, // that of Herald's settings, not one that Playwright pretends
    });
    const complaints: string[] = [];
    const listen = (page: Page): void => {
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('crash', () => complaints.push('the page crashed'));
    };
    app.on('window', listen);
    const page = await app.firstWindow();
    const herald = new Herald(app, page, complaints);
    await page.locator('html[data-revision]').waitFor();
    return herald;
  }

  /** Opens the settings window. */
  async openSettings(): Promise<Page> {
    const opening = this.app.waitForEvent('window');
    await this.page.getByRole('button', { name: 'Settings' }).click();
    return opening;
  }

  /**
   * Makes the window so tall that its list needs no scrolling: only what is on the screen is in the document. It has
   * grown, and is painted so, when this resolves.
   */
  async showAll(): Promise<void> {
    const heightPx = 4000;
    await this.app.evaluate(
      ({ BrowserWindow }, height) => BrowserWindow.getAllWindows()[0]?.setSize(1300, height),
      heightPx,
    );
    await this.page.waitForFunction((height) => innerHeight > height / 2, heightPx);
    await this.page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  }

  /** Does something that ends Herald, and waits until its process is gone. */
  async end(how: () => Promise<unknown>): Promise<HeraldEnd> {
    const beganMs = performance.now();
    const asked = how().catch(() => undefined); // the answer may not come any more
    const [status, signal] = await this.#exit;
    const tookMs = performance.now() - beganMs;
    await asked;
    return { status, signal, tookMs };
  }

  /** Ends Herald, if need be by force. */
  async close(): Promise<void> {
    const { exitCode, signalCode } = this.#process;
    if (exitCode !== null || signalCode !== null) return;
    this.#process.kill('SIGTERM');
    const force = setTimeout(() => this.#process.kill('SIGKILL'), CLOSE_WITHIN_MS);
    await this.#exit;
    clearTimeout(force);
  }
}

/** Makes the profile, with the settings that are asked for. */
export async function writeSettings({
  profile,
  domains,
  theme = 'light',
  settings,
}: HeraldOptions): Promise<void> {
  await mkdir(profile, { recursive: true });
  if (domains === undefined) return;
  const text = JSON.stringify({ version: 1, domains, theme, ...settings });
  await writeFile(path.join(profile, 'settings.json'), text);
}

/** The domains of a demo network, as settings name them. */
export function domainsOf({ network }: Demo, caFile = network.caPath): readonly WatchedDomain[] {
  const resolver = { host: '127.0.0.1', port: network.dnsPort };
  return network.zones.map((name) => ({ name, resolver, caFile }));
}
