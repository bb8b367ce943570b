import type { Placing } from '../contract/placing.ts';
import { parsePlacing } from '../contract/placing.ts';
import type { SettingsFile } from '../storage/settings.ts';
import type { SettingsDesk } from './settings-desk.ts';

/** The two questions of the settings window, which are also the channels. */
export const PLACING_CHANNEL = { get: 'placing-get', set: 'placing-set' } as const;

/** What this needs of the rest. */
export interface PlaceChoiceParts {
  readonly settings: Pick<SettingsFile, 'value' | 'save'>;
  /** Told after a change of the settings. */
  readonly changed: () => void;
}

/** Tells the settings window whether domains are kept from other networks, and changes it, at once and for good. */
export function answerPlaceChoices(desk: SettingsDesk, { settings, changed }: PlaceChoiceParts): void {
  const held = (): Placing => ({ keepsApart: settings.value.keepsApart });
  desk.answer(PLACING_CHANNEL.get, held);
  // The answer is what holds afterwards, which is what held before when the choice is none.
  desk.answer(PLACING_CHANNEL.set, async (raw) => {
    const choice = parsePlacing(raw);
    if (choice !== undefined) {
      const saved = settings.save(choice);
      changed();
      await saved;
    }
    return held();
  });
}
