import path from 'node:path';

/** The one host of the `app://` scheme, and with it the one origin of our pages. */
export const APP_HOST = 'herald';
export const APP_ORIGIN = `app://${APP_HOST}`;

/** A file of the bundle, and what to call it in a `Content-Type`. */
export interface BundledFile {
  readonly file: string;
  readonly type: string;
}

/** What the bundle consists of; anything else is not served. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/**
 * The file in `folder` that an `app://` address names; null for another host, for a path that leads out of the folder in
 * whatever spelling, and for a kind of file that no bundle has.
 */
export function bundledFile(address: string, folder: string): BundledFile | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'app:' || url.host !== APP_HOST) return null;
  const name = decoded(url.pathname);
  if (name === null || name.includes('\0') || name.includes('\\')) return null;
  const file = path.join(folder, name);
  const inside = path.relative(folder, file);
  if (inside === '' || inside.startsWith('..') || path.isAbsolute(inside)) return null;
  const type = TYPES[path.extname(file)];
  return type === undefined ? null : { file, type };
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}
