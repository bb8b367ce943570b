import { Notification } from 'electron';
import type { Notifier } from './notices.ts';

/** Why there can be no notifications here, as a sentence for people; null when there can. */
export function notificationProblem(): string | null {
  return Notification.isSupported() ? null : 'This system shows no notifications, as far as Herald can tell.';
}

/** Notifications of the system. */
export const systemNotifier: Notifier = {
  show: (text, onClick) => {
    const notification = new Notification(text);
    notification.on('click', onClick);
    notification.show();
  },
};
