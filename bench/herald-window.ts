import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CDPSession, ElectronApplication, Page } from 'playwright';
import { _electron } from 'playwright';
import { run } from '../scripts/child.mjs';
import { displayMissing, startDisplay } from '../scripts/display.mjs';
import { electronExecutable } from '../scripts/setup/electron.mjs';

const ROOT = path.dirname(import.meta.dirname);
const BUILD_LIMIT_MS = 5 * 60_000;

/** A domain to watch from the start, and how it is reached. */
export interface BenchDomain {
  readonly name: string;
  readonly resolver: { readonly host: string; readonly port: number };
  readonly caFile: string;
}

/** The app as it is built, in the real Electron, on a display of its own where there is none. */
export class HeraldWindow {
  readonly page: Page;
  /** What the page's `performance.now()` was when this process's was 0: add it to the one to get the other. */
  readonly pageOffsetMs: number;
  readonly #app: ElectronApplication;
  readonly #endDisplay: () => Promise<void>;

  private constructor(
    app: ElectronApplication,
    page: Page,
    pageOffsetMs: number,
    endDisplay: () => Promise<void>,
  ) {
    this.#app = app;
    this.page = page;
    this.pageOffsetMs = pageOffsetMs;
    this.#endDisplay = endDisplay;
  }

  /** Why there can be no window here; undefined when there can. */
  static get missing(): string | undefined {
    const hint = '`node scripts/setup.mjs --for run` provides it';
    return electronExecutable(ROOT) === undefined ? `Electron is missing: ${hint}.` : undefined;
  }

  /** Builds the app and opens it with settings that name the domain, in the folder `profile`. */
  static async open(profile: string, domain: BenchDomain): Promise<HeraldWindow> {
    await buildHerald();
    await mkdir(profile, { recursive: true });
    const settings = { version: 1, theme: 'light', domains: [domain] };
    await writeFile(path.join(profile, 'settings.json'), JSON.stringify(settings));
    const endDisplay = await display();
    const app = await _electron.launch({ args: [`--user-data-dir=${profile}`, '.'], cwd: ROOT });
    const page = await app.firstWindow();
    await page.locator('html[data-revision]').waitFor();
    const offsetMs = await pageOffset(await page.context().newCDPSession(page));
    return new HeraldWindow(app, page, offsetMs, endDisplay);
  }

  /** Closes the app and the display. */
  async close(): Promise<void> {
    await this.#app.close();
    await this.#endDisplay();
  }
}

/** Does something while there is a display for the processes of this one. */
export async function withDisplay<Result>(action: () => Promise<Result>): Promise<Result> {
  const end = await display();
  try {
    return await action();
  } finally {
    await end();
  }
}

/** Makes sure that there is a display for the processes of this one; returns its end. */
async function display(): Promise<() => Promise<void>> {
  if (!displayMissing()) return () => Promise.resolve();
  const started = await startDisplay();
  process.env['DISPLAY'] = started.display;
  return () => {
    delete process.env['DISPLAY'];
    return started.end();
  };
}

/** Builds the app, as it stands in the checkout. */
export async function buildHerald(): Promise<void> {
  const builder = path.join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js');
  const options = { cwd: ROOT, timeoutMs: BUILD_LIMIT_MS };
  const { status, output } = await run(process.execPath, [builder, 'build'], options);
  if (status !== 0) throw new Error(`The build failed (status ${status}):\n${output}`);
}

/**
 * Chromium's clock and node's are the same, CLOCK_MONOTONIC, counted from different moments. DevTools tell when the page's
 * was 0; a look at both clocks at once shows whether that is true.
 */
async function pageOffset(devtools: CDPSession): Promise<number> {
  await devtools.send('Performance.enable');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const startSeconds = metrics.find(({ name }) => name === 'NavigationStart')?.value;
  if (startSeconds === undefined) throw new Error('Chromium does not tell when the page began.');
  const monotonicMs = Number(process.hrtime.bigint()) / 1e6 - performance.now();
  return monotonicMs - startSeconds * 1000;
}
