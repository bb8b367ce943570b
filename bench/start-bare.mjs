/** The least that an application does to show a window: it says `ready` when Electron would have it shown. Run by Electron. */
import { BrowserWindow, app } from 'electron';

// Electron is not ready before this module has run to its end, so nothing may be awaited in it.
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1180, height: 760, show: false });
  window.once('ready-to-show', () => {
    window.show();
    process.stdout.write('ready\n');
  });
  void window.loadURL('data:text/html,<!doctype html><title>bare</title><p>bare');
});
