/** Whether Herald notifies of favourites, as the settings window shows and says it. */
import { z } from 'zod';

const NOTICE_CHOICE = z.strictObject({
  /** Whether a favourite that appears or leaves is told by a notification of the system. */
  notifies: z.boolean(),
});

/** What the user chose. */
export type NoticeChoice = z.infer<typeof NOTICE_CHOICE>;

/** What the user chose, and what this system makes of it. */
export interface Noticing extends NoticeChoice {
  /** Why there can be no notifications here; null when there can. A sentence for people. */
  readonly problem: string | null;
}

/** Reads what the settings window sent; undefined when it is something else. */
export function parseNoticeChoice(raw: unknown): NoticeChoice | undefined {
  const parsed = NOTICE_CHOICE.safeParse(raw);
  return parsed.success ? parsed.data : undefined;
}
