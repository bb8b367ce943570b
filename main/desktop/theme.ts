import { nativeTheme } from 'electron';
import type { BrowserWindow } from 'electron';
import type { SettingsFile } from '../storage/settings.ts';
import { paper } from './browser-window.ts';

/** Gives every window the theme of the settings, and keeps the one that the settings window chooses. */
export function followTheme(settings: SettingsFile, windows: () => readonly BrowserWindow[]): void {
  nativeTheme.themeSource = settings.value.theme;
  nativeTheme.on('updated', () => {
    if (nativeTheme.themeSource !== settings.value.theme) settings.change({ theme: nativeTheme.themeSource });
    for (const window of windows()) window.setBackgroundColor(paper());
  });
}
