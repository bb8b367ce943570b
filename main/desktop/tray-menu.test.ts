import { expect, test, vi } from 'vitest';
import type { RecentChange } from '../browse/recent-changes.ts';
import type { TrayActions } from './tray-menu.ts';
import { trayMenu } from './tray-menu.ts';

const change = (fields: Partial<RecentChange> = {}): RecentChange => ({
  id: 'office.test laser',
  domain: 'office.test',
  instance: 'Laser',
  text: 'left',
  atMs: new Date(2026, 10, 3, 14, 2).getTime(),
  isMissed: false,
  ...fields,
});

function fixture(): TrayActions {
  return { show: vi.fn(), open: vi.fn(), pause: vi.fn(), quit: vi.fn() };
}

const labels = (isPaused: boolean, ...changes: readonly RecentChange[]): readonly (string | undefined)[] =>
  trayMenu({ isPaused, changes }, fixture()).map(({ label, type }) => label ?? type);

test('the menu shows the window, pauses or resumes, tells what happened last, and quits', () => {
  expect(labels(false)).toEqual(['Show Herald', 'Pause', 'separator', 'Quit']);
  expect(labels(true, change({ text: 'appeared' }), change({ isMissed: true }))).toEqual([
    'Show Herald',
    'Resume',
    'separator',
    'Last changes',
    'Tue 14:02  Laser appeared',
    'by Tue 14:02  Laser left',
    'separator',
    'Quit',
  ]);
});

test('each item does what it says', () => {
  const actions = fixture();
  const laser = change();
  const menu = trayMenu({ isPaused: false, changes: [laser] }, actions);
  for (const { click } of menu) (click as (() => void) | undefined)?.();
  expect(actions.show).toHaveBeenCalledOnce();
  expect(actions.pause).toHaveBeenCalledExactlyOnceWith('pause');
  expect(actions.open).toHaveBeenCalledExactlyOnceWith(laser);
  expect(actions.quit).toHaveBeenCalledOnce();
});

test('a name from the network is one line of a bounded width, and its ampersands are no shortcuts', () => {
  const [label] = labels(false, change({ instance: `A & B\n${'x'.repeat(300)}` })).slice(4);
  expect(label).toContain('A && B');
  expect(label).not.toContain('\n');
  expect(label!.length).toBeLessThan(80);
});
