/** Whether Herald watches anything at all, and why not. */

/**
 * Why Herald does not watch, or soon will not: the user said so; the window is hidden, minimised, covered by others or
 * closed; the screen is locked; nobody uses the computer; it sleeps.
 */
export type PauseCause =
  'user' | 'hidden' | 'minimised' | 'covered' | 'closed' | 'locked' | 'idle' | 'asleep';

/**
 * `active`: everything is watched. `grace`: it still is, but nobody looks. `background`: favourites are, and nothing else.
 * `paused`: nothing is watched. `suspended`: the same, since the computer sleeps. `waking`: it has woken up, and Herald waits
 * for the network.
 */
export type ActivityState = 'active' | 'grace' | 'background' | 'paused' | 'suspended' | 'waking';

/** A time in which nothing was watched, in milliseconds since the epoch. */
export interface Gap {
  readonly fromMs: number;
  readonly untilMs: number;
  /** What it began with. */
  readonly cause: PauseCause;
}

/** The one row of its table. */
export interface ActivityRow {
  readonly id: 'herald';
  readonly state: ActivityState;
  /** Null when active. */
  readonly cause: PauseCause | null;
  /** One sentence or two for people: what happened, what it means, what to do. Null when active. */
  readonly reason: string | null;
  /** For how many minutes nobody must have used the computer for that to be a cause. */
  readonly idleMinutes: number;
  /** How many favourites there are to be watched in the background. */
  readonly favourites: number;
  /** Since when it has been in this state: milliseconds since the epoch. */
  readonly sinceMs: number;
  /** The last time in which nothing was watched; null when there was none, or it lasts still. */
  readonly gap: Gap | null;
}
