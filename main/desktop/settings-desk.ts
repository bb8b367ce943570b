import type { Sent } from './trusted-sender.ts';

/** The part of Electron's `ipcMain` that is used. */
export interface SettingsHandlers {
  handle(channel: string, listener: (event: Sent, raw: unknown) => unknown): void;
  removeHandler(channel: string): void;
}

/**
 * Answers the settings window, and nobody else: the other shows text from the network, and may not choose whom to trust. A page
 * that may not ask is told null.
 */
export class SettingsDesk {
  readonly #handlers: SettingsHandlers;
  readonly #isTrusted: (sent: Sent) => boolean;
  readonly #channels = new Set<string>();

  /** `isTrusted`: whether a message comes from the settings window. */
  constructor(handlers: SettingsHandlers, isTrusted: (sent: Sent) => boolean) {
    this.#handlers = handlers;
    this.#isTrusted = isTrusted;
  }

  /** Answers what is asked on a channel, for as long as the desk is open. `raw` is whatever the page sent. */
  answer(channel: string, answer: (raw: unknown) => unknown): void {
    this.#channels.add(channel);
    this.#handlers.handle(channel, (sent, raw) => (this.#isTrusted(sent) ? answer(raw) : null));
  }

  /** Answers nothing any more. */
  close(): void {
    for (const channel of this.#channels) this.#handlers.removeHandler(channel);
  }
}
