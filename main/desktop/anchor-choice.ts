import type { AnchorChoice, AnchorResult } from '../contract/anchors.ts';
import { parseAnchorFile } from '../contract/anchors.ts';
import type { AnchorFile } from '../net/anchor-files.ts';
import type { SettingsFile } from '../storage/settings.ts';
import type { SettingsDesk } from './settings-desk.ts';

/** The two questions of the settings window, which are also the channels. */
export const ANCHORS_CHANNEL = { get: 'anchors-get', set: 'anchors-set' } as const;

/** What this needs of the rest. */
export interface AnchorChoiceParts {
  readonly settings: Pick<SettingsFile, 'value' | 'save'>;
  readonly read: (file: string) => Promise<AnchorFile>;
}

/** Tells the settings window from which keys DNSSEC is checked, and changes that for the next start. */
export function answerAnchorChoice(desk: SettingsDesk, { settings, read }: AnchorChoiceParts): void {
  desk.answer(ANCHORS_CHANNEL.get, (): AnchorChoice => ({ file: settings.value.anchorFile }));
  // A file that holds no keys is refused: with it nothing could be checked.
  desk.answer(ANCHORS_CHANNEL.set, async (raw): Promise<AnchorResult> => {
    const file = parseAnchorFile(raw);
    if (file === undefined) return { ok: false, message: 'Herald did not understand which file was meant.' };
    const keys = file === null ? undefined : await read(file);
    if (keys?.ok === false) return keys;
    await settings.save({ anchorFile: file });
    return { ok: true };
  });
}
