import { Menu, shell } from 'electron';
import type { MenuItemConstructorOptions, WebContents } from 'electron';

/** What the menu can do beyond the roles that Electron has. */
export interface MenuParts {
  /** The browser window's page, while it is open. */
  readonly page: () => WebContents | null;
  readonly openSettings: () => void;
  /** The folder of the log, and whether this is a build for developers. */
  readonly logFolder: string;
  readonly isPackaged: boolean;
}

const IS_MAC = process.platform === 'darwin';

/**
 * Puts the application's menu up. What the page does itself the menu asks for by typing the shortcut into the page, so
 * that there is one way to it and no fourth channel.
 */
export function setMenu(parts: MenuParts): void {
  const inPage = (label: string, key: string): MenuItemConstructorOptions => ({
    label,
    accelerator: `CmdOrCtrl+${key}`,
    registerAccelerator: false,
    click: () => typeShortcut(parts.page(), key),
  });
  const settings: MenuItemConstructorOptions = {
    label: 'Settings…',
    accelerator: 'CmdOrCtrl+,',
    click: parts.openSettings,
  };
  const appMenu: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      settings,
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  };
  const leave: MenuItemConstructorOptions[] = IS_MAC
    ? [{ role: 'close' }]
    : [settings, { type: 'separator' }, { role: 'quit', accelerator: 'Ctrl+Q' }];

  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(IS_MAC ? [appMenu] : []),
      { label: '&File', submenu: [inPage('Add Domain…', 'N'), { type: 'separator' }, ...leave] },
      { role: 'editMenu' },
      {
        label: '&View',
        submenu: [
          inPage('Printers', '1'),
          inPage('All Services', '2'),
          inPage('Watching', '3'),
          { type: 'separator' },
          inPage('Filter', 'F'),
          inPage('Check Selected Service', 'R'),
          inPage('Pause or Resume', 'P'),
          { type: 'separator' },
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { role: 'togglefullscreen' },
          ...(parts.isPackaged
            ? []
            : ([{ role: 'reload', accelerator: 'CmdOrCtrl+Shift+R' }, { role: 'toggleDevTools' }] as const)),
        ],
      },
      { role: 'windowMenu' },
      {
        role: 'help',
        submenu: [
          {
            label: 'Open Log Folder',
            click: () => void shell.openPath(parts.logFolder) /* nothing to be done if not */,
          },
          ...(IS_MAC ? [] : ([{ role: 'about' }] as const)),
        ],
      },
    ]),
  );
}

function typeShortcut(page: WebContents | null, keyCode: string): void {
  const modifiers: ('cmd' | 'control')[] = [IS_MAC ? 'cmd' : 'control'];
  page?.sendInputEvent({ type: 'keyDown', keyCode, modifiers });
  page?.sendInputEvent({ type: 'keyUp', keyCode, modifiers });
}
