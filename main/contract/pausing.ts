/** When Herald stops watching, as the settings window shows and says it. */
import { z } from 'zod';

/** An hour: who wants more wants no pause at all. */
export const MAX_GRACE_SECONDS = 3600;

/** A day: who wants more wants no pause at all. */
export const MAX_IDLE_MINUTES = 1440;

const PAUSE_CHOICE = z.strictObject({
  /** Whether to stop watching when nobody looks at the window. */
  pauseOnHide: z.boolean(),
  /** How long nobody may look before that, in seconds. */
  graceSeconds: z.int().min(0).max(MAX_GRACE_SECONDS),
  /** Whether to stop watching when nobody uses the computer. */
  pauseOnIdle: z.boolean(),
  /** How long nobody may use it before that, in minutes. */
  idleMinutes: z.int().min(1).max(MAX_IDLE_MINUTES),
  /** Whether what has a star stays watched even then. */
  keepFavourites: z.boolean(),
  /** Whether closing the window leaves Herald in the tray. */
  closeToTray: z.boolean(),
});

/** What the user chose. */
export type PauseChoice = z.infer<typeof PAUSE_CHOICE>;

/** What the user chose, and what this system makes of it. */
export interface Pausing extends PauseChoice {
  /** Why there can be no icon in a tray here; null when there can. A sentence for people. */
  readonly trayProblem: string | null;
  /** What this system does not tell of windows; null when it tells everything. A sentence for people. */
  readonly blindSpot: string | null;
}

/** Reads what the settings window sent; undefined when it is something else. */
export function parsePauseChoice(raw: unknown): PauseChoice | undefined {
  const parsed = PAUSE_CHOICE.safeParse(raw);
  return parsed.success ? parsed.data : undefined;
}
