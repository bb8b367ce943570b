import type { Pausing } from '../contract/pausing.ts';
import { parsePauseChoice } from '../contract/pausing.ts';
import type { SettingsFile } from '../storage/settings.ts';
import type { Sent } from './trusted-sender.ts';

/** The two questions of the settings window, which are also the channels. */
export const PAUSING_CHANNEL = { get: 'pausing-get', set: 'pausing-set' } as const;

/** What this needs of the rest. */
export interface PauseChoiceParts {
  readonly handlers: {
    handle(channel: string, listener: (event: Sent, raw: unknown) => unknown): void;
    removeHandler(channel: string): void;
  };
  /** Whether a message comes from the settings window. */
  readonly isTrusted: (sent: Sent) => boolean;
  readonly settings: Pick<SettingsFile, 'value' | 'save'>;
  readonly trayProblem: () => Promise<string | null>;
  readonly blindSpot: string | null;
  /** Told after a change of the settings. */
  readonly changed: () => void;
}

/** Tells the settings window when Herald stops watching, and changes it, at once and for good. */
export class PauseChoices {
  readonly #parts: PauseChoiceParts;

  constructor(parts: PauseChoiceParts) {
    const { handlers, isTrusted } = parts;
    this.#parts = parts;
    handlers.handle(PAUSING_CHANNEL.get, (sent) => (isTrusted(sent) ? this.#get() : null));
    handlers.handle(PAUSING_CHANNEL.set, (sent, raw) => (isTrusted(sent) ? this.#set(raw) : null));
  }

  /** Removes the handlers. */
  close(): void {
    for (const channel of Object.values(PAUSING_CHANNEL)) this.#parts.handlers.removeHandler(channel);
  }

  async #get(): Promise<Pausing> {
    const { settings, trayProblem, blindSpot } = this.#parts;
    const problem = await trayProblem();
    const { pauseOnHide, graceSeconds, pauseOnIdle, idleMinutes, keepFavourites, closeToTray } =
      settings.value;
    const pauses = { pauseOnHide, graceSeconds, pauseOnIdle, idleMinutes, keepFavourites };
    return { ...pauses, closeToTray, trayProblem: problem, blindSpot };
  }

  /** Answers with what holds afterwards, which is what held before when the choice is none. */
  async #set(raw: unknown): Promise<Pausing> {
    const choice = parsePauseChoice(raw);
    if (choice !== undefined) {
      const saved = this.#parts.settings.save(choice);
      this.#parts.changed();
      await saved;
    }
    return this.#get();
  }
}
