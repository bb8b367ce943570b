import type { Noticing } from '../contract/noticing.ts';
import { parseNoticeChoice } from '../contract/noticing.ts';
import type { SettingsFile } from '../storage/settings.ts';
import type { Sent } from './trusted-sender.ts';

/** The two questions of the settings window, which are also the channels. */
export const NOTICING_CHANNEL = { get: 'noticing-get', set: 'noticing-set' } as const;

/** What this needs of the rest. */
export interface NoticeChoiceParts {
  readonly handlers: {
    handle(channel: string, listener: (event: Sent, raw: unknown) => unknown): void;
    removeHandler(channel: string): void;
  };
  /** Whether a message comes from the settings window. */
  readonly isTrusted: (sent: Sent) => boolean;
  readonly settings: Pick<SettingsFile, 'value' | 'save'>;
  readonly problem: () => string | null;
}

/** Tells the settings window whether Herald notifies of favourites, and changes it, at once and for good. */
export class NoticeChoices {
  readonly #parts: NoticeChoiceParts;

  constructor(parts: NoticeChoiceParts) {
    const { handlers, isTrusted } = parts;
    this.#parts = parts;
    handlers.handle(NOTICING_CHANNEL.get, (sent) => (isTrusted(sent) ? this.#get() : null));
    handlers.handle(NOTICING_CHANNEL.set, (sent, raw) => (isTrusted(sent) ? this.#set(raw) : null));
  }

  /** Removes the handlers. */
  close(): void {
    for (const channel of Object.values(NOTICING_CHANNEL)) this.#parts.handlers.removeHandler(channel);
  }

  #get(): Noticing {
    const { problem, settings } = this.#parts;
    return { notifies: settings.value.notifies, problem: problem() };
  }

  /** Answers with what holds afterwards, which is what held before when the choice is none. */
  async #set(raw: unknown): Promise<Noticing> {
    const choice = parseNoticeChoice(raw);
    if (choice !== undefined) await this.#parts.settings.save(choice);
    return this.#get();
  }
}
