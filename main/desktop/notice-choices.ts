import type { Noticing } from '../contract/noticing.ts';
import { parseNoticeChoice } from '../contract/noticing.ts';
import type { SettingsFile } from '../storage/settings.ts';
import type { SettingsDesk } from './settings-desk.ts';

/** The two questions of the settings window, which are also the channels. */
export const NOTICING_CHANNEL = { get: 'noticing-get', set: 'noticing-set' } as const;

/** What this needs of the rest. */
export interface NoticeChoiceParts {
  readonly settings: Pick<SettingsFile, 'value' | 'save'>;
  readonly problem: () => string | null;
}

/** Tells the settings window whether Herald notifies of favourites, and changes it, at once and for good. */
export function answerNoticeChoices(desk: SettingsDesk, { settings, problem }: NoticeChoiceParts): void {
  const held = (): Noticing => ({ notifies: settings.value.notifies, problem: problem() });
  desk.answer(NOTICING_CHANNEL.get, held);
  // The answer is what holds afterwards, which is what held before when the choice is none.
  desk.answer(NOTICING_CHANNEL.set, async (raw) => {
    const choice = parseNoticeChoice(raw);
    if (choice !== undefined) await settings.save(choice);
    return held();
  });
}
