import { expect, test } from 'vitest';
import type { TraySources } from './tray-host.ts';
import { blindSpot, trayProblem } from './tray-host.ts';

/** A Linux desktop whose bus answers so. */
const desktop = (answer: string): TraySources => ({
  platform: 'linux',
  env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus' },
  run: (file) => (file === 'dbus-send' ? Promise.resolve(answer) : Promise.reject(new Error('not found'))),
});

test.each([
  ['Linux with somebody to show icons', desktop('method return time=1.5 …\n   boolean true\n')],
  ['Windows', { ...desktop(''), platform: 'win32' }],
  ['macOS', { ...desktop(''), platform: 'darwin' }],
] as const)('an icon is seen on %s', async (_where, sources) => {
  expect(await trayProblem(sources)).toBeNull();
});

test.each([
  ['nobody shows icons', desktop('method return time=1.5 …\n   boolean false\n')],
  ['there is no session bus', { ...desktop('boolean true'), env: {} }],
  ['nobody can be asked', { ...desktop(''), run: () => Promise.reject(new Error('ENOENT')) }],
] as const)('where %s on Linux, that is a sentence', async (_where, sources) => {
  expect(await trayProblem(sources)).toContain('closing the window ends Herald');
});

test('what a desktop does not tell of windows is said, and only there', () => {
  expect(blindSpot({ platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' } })).toContain('minimised');
  expect(blindSpot({ platform: 'linux', env: {} })).toBeNull();
  expect(blindSpot({ platform: 'darwin', env: {} })).toBeNull();
});
