import { Menu } from 'electron';
import type { BrowserWindow, MenuItemConstructorOptions } from 'electron';

/** What a right click offers: the editing of a text field, and the copying of what is selected. */
export function addContextMenu(window: BrowserWindow): void {
  window.webContents.on('context-menu', (_event, { isEditable, selectionText }) => {
    const editing: MenuItemConstructorOptions[] = isEditable ? [{ role: 'cut' }, { role: 'paste' }] : [];
    const copying: MenuItemConstructorOptions[] =
      selectionText.trim() === '' && !isEditable
        ? []
        : [{ role: 'copy' }, { type: 'separator' }, { role: 'selectAll' }];
    const template = [...editing, ...copying];
    if (template.length > 0) Menu.buildFromTemplate(template).popup({ window });
  });
}
