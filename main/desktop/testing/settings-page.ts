import type { Settings, SettingsPart } from '../../storage/settings.ts';
import { DEFAULT_SETTINGS } from '../../storage/settings.ts';
import { SettingsDesk } from '../settings-desk.ts';
import type { Sent } from '../trusted-sender.ts';

const SENT: Sent = { sender: { id: 1 }, senderFrame: null };

/** A page that asks a settings desk, as Electron would pass its questions on. */
export class FakeSettingsPage {
  readonly desk: SettingsDesk;
  readonly #handlers = new Map<string, (sent: Sent, raw: unknown) => unknown>();

  constructor(isTrusted = true) {
    this.desk = new SettingsDesk(
      {
        handle: (channel, handler) => void this.#handlers.set(channel, handler),
        removeHandler: (channel) => void this.#handlers.delete(channel),
      },
      () => isTrusted,
    );
  }

  /** What is answered, in their order. */
  get channels(): readonly string[] {
    return [...this.#handlers.keys()];
  }

  ask(channel: string, raw?: unknown): unknown {
    return this.#handlers.get(channel)?.(SENT, raw);
  }
}

/** Settings that are kept nowhere. */
export class FakeSettings {
  value: Settings = DEFAULT_SETTINGS;

  save(part: SettingsPart): Promise<void> {
    this.value = { ...this.value, ...part };
    return Promise.resolve();
  }
}
