/**
 * The bridge of the browser window: `window.herald` with three functions, and nothing else of Electron. Bundled to one
 * CommonJS file, since it runs sandboxed.
 */
import { contextBridge, ipcRenderer } from 'electron';
import type { BrowserBridge } from '../contract/api.ts';
import type { CommandResult } from '../contract/command.ts';

const bridge: BrowserBridge = {
  snapshot: () => ipcRenderer.invoke('snapshot') as Promise<string>,
  onUpdate: (listener) => {
    const forward = (_event: unknown, update: string): void => listener(update);
    ipcRenderer.on('update', forward);
    return () => void ipcRenderer.removeListener('update', forward);
  },
  send: (command) => ipcRenderer.invoke('command', command) as Promise<CommandResult>,
};

contextBridge.exposeInMainWorld('herald', bridge);
