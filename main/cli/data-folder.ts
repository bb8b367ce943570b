import os from 'node:os';
import path from 'node:path';

/** The folder in which the app keeps everything of this user unless it was started with another: Electron's `userData`. */
export function appDataFolder(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  home: string = os.homedir(),
): string {
  if (platform === 'win32')
    return path.win32.join(env['APPDATA'] ?? path.win32.join(home, 'AppData', 'Roaming'), 'Herald');
  if (platform === 'darwin') return path.posix.join(home, 'Library', 'Application Support', 'Herald');
  return path.posix.join(env['XDG_CONFIG_HOME'] || path.posix.join(home, '.config'), 'Herald');
}
