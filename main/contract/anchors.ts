/** The keys that DNSSEC begins with, as the settings window shows and says them. */
import { z } from 'zod';

/** The file with the user's own keys; null for those of the root, which come with Herald. */
const ANCHOR_FILE = z.string().min(1).max(4096).nullable();

/** Which keys are begun with, from the next start on. */
export interface AnchorChoice {
  readonly file: string | null;
}

/** What became of a wish for other keys; a refusal is a sentence for people. */
export type AnchorResult = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** Reads what the settings window sent; undefined when it is something else. */
export function parseAnchorFile(raw: unknown): string | null | undefined {
  const parsed = ANCHOR_FILE.safeParse(raw);
  return parsed.success ? parsed.data : undefined;
}
