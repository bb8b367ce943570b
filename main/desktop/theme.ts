import { nativeTheme } from 'electron';
import type { BrowserWindow } from 'electron';
import type { SettingsFile } from '../storage/settings.ts';
import { paper } from './browser-window.ts';

/** Gives every window the theme of the settings, and keeps the one that the settings window chooses. */
export function followTheme(settings: SettingsFile, windows: () => readonly BrowserWindow[]): void {
  nativeTheme.themeSource = settings.value.theme;
  nativeTheme.on('updated', () => {
    const { themeSource: theme } = nativeTheme;
    if (theme !== settings.value.theme) void settings.save({ theme }); // it never rejects
    for (const window of windows()) window.setBackgroundColor(paper());
  });
}
