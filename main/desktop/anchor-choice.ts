import type { AnchorChoice, AnchorResult } from '../contract/anchors.ts';
import { parseAnchorFile } from '../contract/anchors.ts';
import type { AnchorFile } from '../net/anchor-files.ts';
import type { SettingsFile } from '../storage/settings.ts';
import type { Sent } from './trusted-sender.ts';

/** The two questions of the settings window, which are also the channels. */
export const ANCHORS_CHANNEL = { get: 'anchors-get', set: 'anchors-set' } as const;

/** What this needs of the rest. */
export interface AnchorChoiceParts {
  readonly handlers: {
    handle(channel: string, listener: (event: Sent, raw: unknown) => unknown): void;
    removeHandler(channel: string): void;
  };
  /** Whether a message comes from the settings window. */
  readonly isTrusted: (sent: Sent) => boolean;
  readonly settings: Pick<SettingsFile, 'value' | 'save'>;
  readonly read: (file: string) => Promise<AnchorFile>;
}

/** Tells the settings window from which keys DNSSEC is checked, and changes that for the next start. */
export class AnchorChoices {
  readonly #parts: AnchorChoiceParts;

  constructor(parts: AnchorChoiceParts) {
    const { handlers, isTrusted, settings } = parts;
    this.#parts = parts;
    const chosen = (): AnchorChoice => ({ file: settings.value.anchorFile });
    handlers.handle(ANCHORS_CHANNEL.get, (sent) => (isTrusted(sent) ? chosen() : null));
    handlers.handle(ANCHORS_CHANNEL.set, (sent, raw) => (isTrusted(sent) ? this.#set(raw) : null));
  }

  /** Removes the handlers. */
  close(): void {
    for (const channel of Object.values(ANCHORS_CHANNEL)) this.#parts.handlers.removeHandler(channel);
  }

  /** A file that holds no keys is refused: with it nothing could be checked. */
  async #set(raw: unknown): Promise<AnchorResult> {
    const { read, settings } = this.#parts;
    const file = parseAnchorFile(raw);
    if (file === undefined) return { ok: false, message: 'Herald did not understand which file was meant.' };
    const keys = file === null ? undefined : await read(file);
    if (keys?.ok === false) return keys;
    await settings.save({ anchorFile: file });
    return { ok: true };
  }
}
