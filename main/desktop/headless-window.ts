import type { BrowserWindow } from 'electron';
import type { Core } from './core.ts';
import { Headless } from './headless.ts';
import { PictureFile } from './picture-file.ts';
import type { Picture } from './picture-file.ts';

/** Waits until what the page has rendered is painted, and tells the revision that it shows. */
const PAINTED_REVISION = `document.fonts.ready.then(() => new Promise((painted) =>
  requestAnimationFrame(() => requestAnimationFrame(() =>
    painted(Number(document.documentElement.dataset.revision ?? -1))))))`;

/** Prints every change to stdout and, where `file` is given, keeps it equal to what the browser window shows. */
export function startHeadless(
  core: Core,
  window: () => BrowserWindow | null,
  file: string | undefined,
  isOnce: boolean,
  quit: (status: number) => void,
): Headless {
  process.stdout.on('error', () => undefined); // nobody reads any more
  return new Headless({
    core,
    file: file === undefined ? null : new PictureFile(file),
    isOnce,
    capture: async () => {
      const shown = window();
      return shown === null ? null : capture(shown);
    },
    paintedRevision: async () =>
      Number((await window()?.webContents.executeJavaScript(PAINTED_REVISION)) ?? -1),
    print: (line) => void process.stdout.write(`${new Date().toLocaleTimeString('en-GB')} ${line}\n`),
    complain: (line) => void process.stderr.write(`${line}\n`),
    quit,
    nowMs: () => performance.now(),
  });
}

async function capture(window: BrowserWindow): Promise<Picture> {
  const image = await window.webContents.capturePage();
  return { pixels: image.toBitmap(), png: () => image.toPNG() };
}
