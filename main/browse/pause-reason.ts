import type { ActivityState, PauseCause } from '../contract/activity.ts';

/** The numbers that reasons speak of. */
export interface ReasonNumbers {
  readonly graceSeconds: number;
  readonly idleMinutes: number;
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

const GOES_ON: Readonly<Record<PauseCause, string>> = {
  user: 'Resume when you want to see changes again.',
  hidden: 'It goes on when you show the window.',
  minimised: 'It goes on when you restore the window.',
  covered: 'It goes on when you bring the window to the front.',
  closed: 'It goes on when you open a window.',
  locked: 'It goes on when you unlock the screen.',
  idle: 'It goes on when you use the computer again.',
  asleep: 'It goes on when the computer wakes up.',
};

/** What people are told of a state other than active: what happened, what it means, and what to do. */
export function pauseReason(
  state: Exclude<ActivityState, 'active'>,
  cause: PauseCause,
  { graceSeconds, idleMinutes }: ReasonNumbers,
): string {
  const happened = cause === 'idle' ? noInput(idleMinutes) : HAPPENED[cause];
  switch (state) {
    case 'grace':
      return `${happened}. Herald goes on watching for ${graceSeconds} s, in case you come back.`;
    case 'waking':
      return 'The computer woke up. Herald connects again as soon as there is a network.';
    case 'paused':
    case 'suspended':
      return `${happened}, so nothing is watched. ${GOES_ON[cause]}`;
  }
}

function noInput(minutes: number): string {
  return `Nobody has used the computer for ${minutes === 1 ? 'a minute' : `${minutes} minutes`}`;
}
