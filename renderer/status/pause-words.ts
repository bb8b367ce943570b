import type { ActivityRow, Gap, PauseCause } from '../../main/contract/activity.ts';
import { counted } from '../text.ts';

/** What the status bar says while nothing is watched, by what that follows from. */
const PAUSED_BY: Readonly<Record<Exclude<PauseCause, 'idle'>, string>> = {
  user: 'Paused by you',
  hidden: 'Paused, window hidden',
  minimised: 'Paused, window minimised',
  covered: 'Paused, window covered',
  closed: 'Paused, no window open',
  locked: 'Paused, screen locked',
  asleep: 'Paused, computer asleep',
};

const PAUSED_WHILE: Readonly<Record<PauseCause, string>> = {
  user: 'Paused by you',
  hidden: 'Paused while hidden',
  minimised: 'Paused while minimised',
  covered: 'Paused while covered by other windows',
  closed: 'Paused while no window was open',
  locked: 'Paused while the screen was locked',
  idle: 'Paused while nobody used the computer',
  asleep: 'Paused while the computer slept',
};

/** A shorter gap is over before anybody wonders, and reads as from one minute to the same. */
const MIN_TOLD_MS = 60_000;

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dayAndTime = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** A few words on why not all is watched; null when it is. */
export function pausedWords(activity: ActivityRow | undefined): string | null {
  if (activity === undefined || activity.cause === null || activity.state === 'grace') return null;
  if (activity.state === 'waking') return 'Waking up';
  if (activity.state === 'background')
    return `Watching ${counted(activity.favourites, 'favourite')} in the background`;
  return activity.cause === 'idle'
    ? `Paused, no input for ${counted(activity.idleMinutes, 'minute')}`
    : PAUSED_BY[activity.cause];
}

/** What is said of a time in which nothing was watched, once it is over; null when it was too short to speak of. */
export function gapWords(gap: Gap): { readonly title: string; readonly text: string } | null {
  if (gap.untilMs - gap.fromMs < MIN_TOLD_MS) return null;
  const isOneDay = new Date(gap.fromMs).toDateString() === new Date(gap.untilMs).toDateString();
  const from = (isOneDay ? time : dayAndTime).format(gap.fromMs);
  return {
    title: PAUSED_WHILE[gap.cause],
    text: `Nothing was watched from ${from} to ${time.format(gap.untilMs)}.`,
  };
}

/** What is said while the user's own pause holds; `nowMs` tells whether that began today. */
export function sinceWords(sinceMs: number, nowMs: number = Date.now()): string {
  const isToday = new Date(sinceMs).toDateString() === new Date(nowMs).toDateString();
  const since = (isToday ? time : dayAndTime).format(sinceMs);
  return `Nothing has been watched since ${since}, so what is shown may be out of date.`;
}
