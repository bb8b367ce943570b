import type { Pausing } from '../contract/pausing.ts';
import { parsePauseChoice } from '../contract/pausing.ts';
import type { SettingsFile } from '../storage/settings.ts';
import type { SettingsDesk } from './settings-desk.ts';

/** The two questions of the settings window, which are also the channels. */
export const PAUSING_CHANNEL = { get: 'pausing-get', set: 'pausing-set' } as const;

/** What this needs of the rest. */
export interface PauseChoiceParts {
  readonly settings: Pick<SettingsFile, 'value' | 'save'>;
  readonly trayProblem: () => Promise<string | null>;
  readonly blindSpot: string | null;
  /** Told after a change of the settings. */
  readonly changed: () => void;
}

/** Tells the settings window when Herald stops watching, and changes it, at once and for good. */
export function answerPauseChoices(desk: SettingsDesk, parts: PauseChoiceParts): void {
  const { settings, trayProblem, blindSpot, changed } = parts;
  const held = async (): Promise<Pausing> => {
    const problem = await trayProblem();
    const { pauseOnHide, graceSeconds, pauseOnIdle, idleMinutes, keepFavourites, closeToTray } =
      settings.value;
    const pauses = { pauseOnHide, graceSeconds, pauseOnIdle, idleMinutes, keepFavourites };
    return { ...pauses, closeToTray, trayProblem: problem, blindSpot };
  };
  desk.answer(PAUSING_CHANNEL.get, held);
  // The answer is what holds afterwards, which is what held before when the choice is none.
  desk.answer(PAUSING_CHANNEL.set, async (raw) => {
    const choice = parsePauseChoice(raw);
    if (choice !== undefined) {
      const saved = settings.save(choice);
      changed();
      await saved;
    }
    return held();
  });
}
