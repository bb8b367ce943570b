import type { BrowserBridge } from '../main/contract/api.ts';
import type { SettingsApi } from '../main/contract/settings.ts';

declare global {
  interface Window {
    /** Given to the browser window by its preload, and to no other. */
    readonly herald?: BrowserBridge;
    /** Given to the settings window by its preload, and to no other. */
    readonly heraldSettings?: SettingsApi;
  }
}
