import type { ActivityState, PauseCause } from '../contract/activity.ts';

/** The numbers that reasons speak of. */
export interface ReasonNumbers {
  readonly graceSeconds: number;
  readonly idleMinutes: number;
  readonly favourites: number;
}

const HAPPENED: Readonly<Record<Exclude<PauseCause, 'idle'>, string>> = {
  user: 'You paused Herald',
  hidden: 'The window is hidden',
  minimised: 'The window is minimised',
  covered: 'The window is covered by others',
  closed: 'No window is open',
  locked: 'The screen is locked',
  asleep: 'The computer sleeps',
};

const UNTIL: Readonly<Record<PauseCause, string>> = {
  user: 'when you resume it',
  hidden: 'when you show the window',
  minimised: 'when you restore the window',
  covered: 'when you bring the window to the front',
  closed: 'when you open a window',
  locked: 'when you unlock the screen',
  idle: 'when you use the computer again',
  asleep: 'when the computer wakes up',
};

/** What people are told of a state other than active: what happened, what it means, and what to do. */
export function pauseReason(
  state: Exclude<ActivityState, 'active'>,
  cause: PauseCause,
  { graceSeconds, idleMinutes, favourites }: ReasonNumbers,
): string {
  const happened = cause === 'idle' ? noInput(idleMinutes) : HAPPENED[cause];
  switch (state) {
    case 'grace':
      return `${happened}. Herald goes on watching for ${graceSeconds} s, in case you come back.`;
    case 'background':
      return `${happened}, so only ${kept(favourites)} watched. The rest goes on ${UNTIL[cause]}.`;
    case 'waking':
      return 'The computer woke up. Herald connects again as soon as there is a network.';
    case 'paused':
    case 'suspended':
      return `${happened}, so nothing is watched. It goes on ${UNTIL[cause]}.`;
  }
}

function noInput(minutes: number): string {
  return `Nobody has used the computer for ${minutes === 1 ? 'a minute' : `${minutes} minutes`}`;
}

function kept(favourites: number): string {
  return favourites === 1 ? 'your favourite is' : `your ${favourites} favourites are`;
}
