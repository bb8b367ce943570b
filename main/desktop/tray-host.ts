import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** How this machine is asked; a rejection is as good as no answer. */
export interface TraySources {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Runs a program and gives what it prints. */
  readonly run: (file: string, args: readonly string[]) => Promise<string>;
}

/** Whoever shows icons on a Linux desktop answers to this name (freedesktop.org, StatusNotifierItem). */
const WATCHER = 'org.kde.StatusNotifierWatcher';
const ASK_FOR_WATCHER = [
  '--session',
  '--print-reply',
  '--dest=org.freedesktop.DBus',
  '/org/freedesktop/DBus',
  'org.freedesktop.DBus.NameHasOwner',
  `string:${WATCHER}`,
];
const RUN_TIMEOUT_MS = 2_000;

const MACHINE: TraySources = {
  platform: process.platform,
  env: process.env,
  run: async (file, args) => (await promisify(execFile)(file, [...args], { timeout: RUN_TIMEOUT_MS })).stdout,
};

/**
 * Why an icon in a tray could not be seen here, as a sentence for people; null when it could. macOS and Windows always have
 * a place for it; on Linux only some desktops do, and an application without window and icon would be lost.
 */
export async function trayProblem(sources: TraySources = MACHINE): Promise<string | null> {
  if (sources.platform !== 'linux') return null;
  const problem = 'This desktop shows no icons in a tray, so that closing the window ends Herald.';
  if (!sources.env['DBUS_SESSION_BUS_ADDRESS']) return problem;
  const answer = await sources.run('dbus-send', ASK_FOR_WATCHER).catch(() => '');
  return answer.includes('boolean true') ? null : problem;
}

/** What this desktop does not tell of windows, as a sentence for people; null when it tells everything. */
export function blindSpot({ platform, env }: Omit<TraySources, 'run'> = MACHINE): string | null {
  if (platform !== 'linux' || !env['WAYLAND_DISPLAY']) return null;
  return 'On Wayland a program may not be told that its window is minimised or covered: Herald then goes on watching. The next choice stops it all the same.';
}
