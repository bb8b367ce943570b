import type { MenuItemConstructorOptions } from 'electron';
import type { RecentChange } from '../browse/recent-changes.ts';
import { cutName } from './cut-name.ts';

/** What the menu shows. */
export interface TrayState {
  /** Whether the user's own Pause holds. */
  readonly isPaused: boolean;
  /** What happened last, the latest first. */
  readonly changes: readonly RecentChange[];
}

/** What the menu does. */
export interface TrayActions {
  readonly show: () => void;
  /** Shows the service that something happened to. */
  readonly open: (change: RecentChange) => void;
  readonly pause: (wish: 'pause' | 'resume') => void;
  readonly quit: () => void;
}

/** Names and texts are cut, for a menu is as wide as the widest of its items. */
const MAX_NAME = 40;
const MAX_TEXT = 60;

/** With the day: a menu may be looked at long after it was made. */
const time = new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit' });

/** The menu of the icon in the tray. */
export function trayMenu(
  { isPaused, changes }: TrayState,
  actions: TrayActions,
): MenuItemConstructorOptions[] {
  const { open, pause, quit, show } = actions;
  const recent: MenuItemConstructorOptions[] = [
    { type: 'separator' },
    { label: 'Last changes', enabled: false },
    ...changes.map((change) => ({ label: changeLabel(change), click: () => open(change) })),
  ];
  return [
    { label: 'Show Herald', click: show },
    isPaused
      ? { label: 'Resume', click: () => pause('resume') }
      : { label: 'Pause', click: () => pause('pause') },
    ...(changes.length === 0 ? [] : recent),
    { type: 'separator' },
    { label: 'Quit', click: quit },
  ];
}

/** In a label `&` marks the letter that chooses it, and `&&` is one. */
function changeLabel({ instance, text, atMs, isMissed }: RecentChange): string {
  const when = `${isMissed ? 'by ' : ''}${time.format(atMs)}`;
  return `${when}  ${cutName(instance, MAX_NAME)} ${cutName(text, MAX_TEXT)}`.replaceAll('&', '&&');
}
