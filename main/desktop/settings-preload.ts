/** The bridge of the settings window, the one window that is enabled for `@electron/remote`: `window.heraldSettings`. */
import { app, nativeTheme, shell } from '@electron/remote';
import { contextBridge } from 'electron';
import type { SettingsApi } from '../contract/settings.ts';

const api: SettingsApi = {
  versions: () => [
    ['Herald', app.getVersion()],
    ['Electron', process.versions.electron],
    ['Chromium', process.versions.chrome],
    ['Node.js', process.versions.node],
  ],
  theme: () => nativeTheme.themeSource,
  setTheme: (theme) => {
    nativeTheme.themeSource = theme; // the main process sees it change, and keeps it
  },
  dataFolder: () => app.getPath('userData'),
  openDataFolder: () => shell.openPath(app.getPath('userData')),
};

contextBridge.exposeInMainWorld('heraldSettings', api);
