/**
 * The least that a pausing application does: a window and a connection, which is ended a second after the window was hidden, or
 * as soon as the computer goes to sleep, and made anew when either is over. Run by Electron; BARE_PORT is whom to connect to.
 */
import { connect } from 'node:net';
import { BrowserWindow, app, powerMonitor } from 'electron';

const GRACE_MS = 1_000;

// Electron is not ready before this module has run to its end, so nothing may be awaited in it.
void app.whenReady().then(start);

function start() {
  const window = new BrowserWindow({ width: 800, height: 600 });
  const begin = () => connect(Number(process.env['BARE_PORT']), '127.0.0.1');
  let socket = begin();
  /** @type {NodeJS.Timeout | undefined} */
  let timer;

  const end = () => void socket.end();
  const again = () => {
    clearTimeout(timer);
    if (!socket.writable) socket = begin();
  };
  window.on('hide', () => (timer = setTimeout(end, GRACE_MS)));
  window.on('show', again);
  powerMonitor.on('suspend', end);
  powerMonitor.on('resume', again);
  void window.loadURL('data:text/html,bare');
}
