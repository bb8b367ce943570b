import type { WindowState } from '../browse/attention.ts';
import type { PauseInput } from '../browse/pause-policy.ts';

/** The part of Electron's `BrowserWindow` that tells whether it is seen. */
export interface SeenWindow {
  readonly id: number;
  on(event: 'show' | 'hide' | 'minimize' | 'restore' | 'closed', listener: () => void): unknown;
}

const STATE_AFTER: Readonly<Record<'show' | 'hide' | 'minimize' | 'restore', WindowState>> = {
  show: 'shown',
  hide: 'hidden',
  minimize: 'minimised',
  restore: 'shown',
};

/**
 * Tells of a window whether it is seen, from its opening to its end. It counts as shown before it is: it is about to be.
 * On Wayland nobody is told that a window is minimised, and no program of covered ones; the page's own word stands in there.
 */
export function followWindow(window: SeenWindow, attention: (input: PauseInput) => void): void {
  const { id } = window;
  const tell = (state: WindowState | 'closed'): void => attention({ kind: 'window', id, state });
  tell('shown');
  for (const event of ['show', 'hide', 'minimize', 'restore'] as const)
    window.on(event, () => tell(STATE_AFTER[event]));
  window.on('closed', () => tell('closed'));
}
