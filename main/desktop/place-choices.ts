import type { Placing } from '../contract/placing.ts';
import { parsePlacing } from '../contract/placing.ts';
import type { SettingsFile } from '../storage/settings.ts';
import type { Sent } from './trusted-sender.ts';

/** The two questions of the settings window, which are also the channels. */
export const PLACING_CHANNEL = { get: 'placing-get', set: 'placing-set' } as const;

/** What this needs of the rest. */
export interface PlaceChoiceParts {
  readonly handlers: {
    handle(channel: string, listener: (event: Sent, raw: unknown) => unknown): void;
    removeHandler(channel: string): void;
  };
  /** Whether a message comes from the settings window. */
  readonly isTrusted: (sent: Sent) => boolean;
  readonly settings: Pick<SettingsFile, 'value' | 'save'>;
  /** Told after a change of the settings. */
  readonly changed: () => void;
}

/** Tells the settings window whether domains are kept from other networks, and changes it, at once and for good. */
export class PlaceChoices {
  readonly #parts: PlaceChoiceParts;

  constructor(parts: PlaceChoiceParts) {
    const { handlers, isTrusted } = parts;
    this.#parts = parts;
    handlers.handle(PLACING_CHANNEL.get, (sent) => (isTrusted(sent) ? this.#get() : null));
    handlers.handle(PLACING_CHANNEL.set, (sent, raw) => (isTrusted(sent) ? this.#set(raw) : null));
  }

  /** Removes the handlers. */
  close(): void {
    for (const channel of Object.values(PLACING_CHANNEL)) this.#parts.handlers.removeHandler(channel);
  }

  #get(): Placing {
    return { keepsApart: this.#parts.settings.value.keepsApart };
  }

  /** Answers with what holds afterwards, which is what held before when the choice is none. */
  async #set(raw: unknown): Promise<Placing> {
    const choice = parsePlacing(raw);
    if (choice !== undefined) {
      const saved = this.#parts.settings.save(choice);
      this.#parts.changed();
      await saved;
    }
    return this.#get();
  }
}
