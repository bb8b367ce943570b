import { EventEmitter } from 'node:events';
import type { PowerMonitor } from 'electron';
import { expect, test, vi } from 'vitest';
import type { PauseInput } from '../browse/pause-policy.ts';
import { followPower } from './power.ts';
import { followWindow } from './window-attention.ts';

test('a window counts as shown from its opening, and tells of each change until it is closed', () => {
  const told: PauseInput[] = [];
  const window = Object.assign(new EventEmitter(), { id: 7 });
  followWindow(window, (input) => told.push(input));
  for (const event of ['show', 'minimize', 'restore', 'hide', 'closed']) window.emit(event);
  const states = ['shown', 'shown', 'minimised', 'shown', 'hidden', 'closed'];
  expect(told).toEqual(states.map((state) => ({ kind: 'window', id: 7, state })));
});

test('sleep and a locked screen are told of within the system’s own event, the network before the wake', () => {
  const told: PauseInput[] = [];
  const power = new EventEmitter();
  followPower(power as PowerMonitor, (input) => told.push(input), {
    wakes: () => told.push({ kind: 'network', isUp: false }),
    ends: vi.fn(),
  });
  for (const event of ['suspend', 'resume', 'lock-screen', 'unlock-screen']) power.emit(event);
  expect(told.map(({ kind }) => kind)).toEqual(['suspend', 'network', 'resume', 'lock', 'unlock']);
});

test('the end of the session is waited for with a quit of our own', () => {
  const power = new EventEmitter();
  const quit = vi.fn();
  const event = { preventDefault: vi.fn() };
  followPower(power as PowerMonitor, vi.fn(), { wakes: vi.fn(), ends: quit });
  power.emit('shutdown', event);
  expect(event.preventDefault).toHaveBeenCalledOnce();
  expect(quit).toHaveBeenCalledOnce();
});
