/** The bridge of the settings window, the one window that is enabled for `@electron/remote`: `window.heraldSettings`. */
import { app, dialog, getCurrentWindow, nativeTheme, shell } from '@electron/remote';
import { contextBridge, ipcRenderer } from 'electron';
import type { AnchorChoice, AnchorResult } from '../contract/anchors.ts';
import type { Noticing } from '../contract/noticing.ts';
import type { Pausing } from '../contract/pausing.ts';
import type { Placing } from '../contract/placing.ts';
import type { Reach, ReachResult } from '../contract/reach.ts';
import type { SettingsApi } from '../contract/settings.ts';

async function chooseFile(name: string, extensions: string[]): Promise<string | null> {
  const filters = [
    { name, extensions },
    { name: 'All files', extensions: ['*'] },
  ];
  const { filePaths } = await dialog.showOpenDialog(getCurrentWindow(), {
    properties: ['openFile'],
    filters,
  });
  return filePaths[0] ?? null;
}

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
  reaches: () => ipcRenderer.invoke('reach-list') as Promise<readonly Reach[]>,
  setReach: (reach) => ipcRenderer.invoke('reach-set', reach) as Promise<ReachResult>,
  pausing: () => ipcRenderer.invoke('pausing-get') as Promise<Pausing>,
  setPausing: (choice) => ipcRenderer.invoke('pausing-set', choice) as Promise<Pausing>,
  noticing: () => ipcRenderer.invoke('noticing-get') as Promise<Noticing>,
  setNoticing: (choice) => ipcRenderer.invoke('noticing-set', choice) as Promise<Noticing>,
  placing: () => ipcRenderer.invoke('placing-get') as Promise<Placing>,
  setPlacing: (choice) => ipcRenderer.invoke('placing-set', choice) as Promise<Placing>,
  anchors: () => ipcRenderer.invoke('anchors-get') as Promise<AnchorChoice>,
  setAnchors: (file) => ipcRenderer.invoke('anchors-set', file) as Promise<AnchorResult>,
  chooseAnchors: () => chooseFile('Keys', ['ds', 'key', 'txt']),
  chooseCertificates: () => chooseFile('Certificates', ['pem', 'crt', 'cer']),
  chooseIdentity: () => chooseFile('Certificates and keys', ['p12', 'pfx', 'pem', 'crt', 'cer', 'key']),
  dataFolder: () => app.getPath('userData'),
  openDataFolder: () => shell.openPath(app.getPath('userData')),
};

contextBridge.exposeInMainWorld('heraldSettings', api);
