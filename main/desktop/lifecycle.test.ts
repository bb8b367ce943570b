import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Lifecycle } from './lifecycle.ts';

function fixture(close: () => Promise<void>) {
  const app = Object.assign(new EventEmitter(), { exit: vi.fn() });
  const process = Object.assign(new EventEmitter(), { platform: 'linux', stderr: { write: vi.fn() } });
  const show = vi.fn();
  const lifecycle = new Lifecycle({
    app: app as unknown as App,
    process: process as unknown as NodeJS.Process,
    close,
    show,
  });
  return { app, process, show, lifecycle };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('quitting waits for everything to close, and then ends', async () => {
  let closed: () => void = () => undefined;
  const { app } = fixture(() => new Promise((resolve) => (closed = resolve)));
  const event = { preventDefault: vi.fn() };
  app.emit('before-quit', event);
  expect(event.preventDefault).toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(500);
  expect(app.exit).not.toHaveBeenCalled();
  closed();
  await vi.advanceTimersByTimeAsync(0);
  expect(app.exit).toHaveBeenCalledExactlyOnceWith(0);
});

test('what does not close within a second is not waited for', async () => {
  const { app } = fixture(() => new Promise(() => undefined));
  app.emit('window-all-closed');
  await vi.advanceTimersByTimeAsync(999);
  expect(app.exit).toHaveBeenCalledExactlyOnceWith(0);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s quits gracefully, once', async (signal) => {
  const close = vi.fn(() => Promise.resolve());
  const { app, process } = fixture(close);
  process.emit(signal);
  process.emit(signal);
  await vi.advanceTimersByTimeAsync(0);
  expect(close).toHaveBeenCalledOnce();
  expect(app.exit).toHaveBeenCalledExactlyOnceWith(0);
});

test('a failure to close is told and does not keep it from ending, with the status first asked for', async () => {
  const { app, process, lifecycle } = fixture(() => Promise.reject(new Error('stuck')));
  lifecycle.quit(1);
  lifecycle.quit(0);
  await vi.advanceTimersByTimeAsync(0);
  expect(process.stderr.write).toHaveBeenCalledWith(expect.stringContaining('stuck'));
  expect(app.exit).toHaveBeenCalledExactlyOnceWith(1);
});

test.each(['second-instance', 'activate'])('%s brings the window to the front', (event) => {
  const { app, show } = fixture(() => Promise.resolve());
  app.emit(event);
  expect(show).toHaveBeenCalledOnce();
});

test('the end of a session on Windows, of which its windows are told, quits gracefully', async () => {
  const close = vi.fn(() => Promise.resolve());
  const { app } = fixture(close);
  const window = new EventEmitter();
  app.emit('browser-window-created', {}, window);
  window.emit('session-end');
  await vi.advanceTimersByTimeAsync(0);
  expect(close).toHaveBeenCalledOnce();
});
