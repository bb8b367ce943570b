/** A display for a machine that has none: one Xvfb, started and ended by whoever needs it. Node built-ins only. */
import { spawn } from 'node:child_process';
import { stop } from './child.mjs';

/** Whether windows need a display that this machine does not offer. */
export function displayMissing() {
  return process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
}

/**
 * Starts an Xvfb on a display number of its own choosing. It is its own process group, so that Ctrl-C in the terminal
 * reaches the application first and the display outlives it.
 * @returns {Promise<{display: string, end: () => Promise<void>}>}
 * @throws {Error} with a message for people, when Xvfb is missing or does not come up within 20 s
 */
export function startDisplay() {
  const args = ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp', '-noreset'];
  const xvfb = spawn('Xvfb', args, { detached: true, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    /** @type {string[]} */
    const complaints = [];
    const fail = (/** @type {string} */ why) => {
      clearTimeout(timer);
      process.removeListener('exit', endNow);
      reject(new Error(`Xvfb, the display without a screen, could not be started: ${why}`));
    };
    const endNow = () => void xvfb.kill('SIGTERM');
    const timer = setTimeout(() => {
      endNow();
      fail('it did not answer within 20 s');
    }, 20_000);
    process.once('exit', endNow);
    xvfb.stderr?.setEncoding('utf8').on('data', (/** @type {string} */ text) => complaints.push(text));
    xvfb.once('error', (error) => fail(`${error.message} (Debian package: xvfb)`));
    xvfb.once('exit', () => fail(complaints.join('').trim() || 'it ended at once'));
    const numbers = /** @type {import('node:stream').Readable} */ (xvfb.stdio[3]);
    let text = '';
    numbers.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
      text += chunk;
      if (!text.includes('\n')) return;
      clearTimeout(timer);
      xvfb.removeAllListeners('exit');
      const end = async () => {
        process.removeListener('exit', endNow);
        await stop(xvfb, 3_000);
      };
      resolve({ display: `:${text.trim()}`, end });
    });
  });
}
