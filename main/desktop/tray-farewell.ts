import type { SettingsFile } from '../storage/settings.ts';
import type { NoticeText, Notifier } from './notices.ts';

/** How it is said what becomes of Herald. */
export interface FarewellParts {
  readonly settings: Pick<SettingsFile, 'value' | 'save'>;
  /** Shows a notification of the system. */
  readonly notifier: Notifier;
  /** Whether there can be none. */
  readonly notificationProblem: () => string | null;
  /** Shows a message over the window, until somebody has taken note. */
  readonly message: (text: NoticeText) => Promise<unknown>;
  /** Opens the browser window, or brings it to the front. */
  readonly show: () => void;
}

/**
 * Says, the first time that the window is closed and Herald stays in the tray, that it does: by a notification where there is
 * one to be seen, over the window before it goes where there is none. It resolves when the window may go, and never rejects.
 */
export async function sayFarewell(parts: FarewellParts): Promise<void> {
  const { message, notificationProblem, notifier, settings, show } = parts;
  if (settings.value.knowsTray) return;
  void settings.save({ knowsTray: true }); // it never rejects, and need not be waited for
  const text = farewell(settings.value);
  if (notificationProblem() === null) notifier.show(text, show);
  else await message(text).catch(() => undefined); // a window that is gone needs no farewell
}

function farewell(settings: SettingsFile['value']): NoticeText {
  return {
    title: 'Herald stays in the tray',
    body: `${meanwhile(settings)}. A click on its icon opens the window, and Quit in the icon’s menu ends it.`,
  };
}

function meanwhile({ favourites, keepFavourites, pauseOnHide }: SettingsFile['value']): string {
  if (!pauseOnHide) return 'It goes on watching';
  const kept = keepFavourites && favourites.length > 0;
  return `${kept ? 'Only your favourites are' : 'Nothing is'} watched until you open it again`;
}
