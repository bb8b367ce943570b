import type { PauseCause } from '../contract/activity.ts';
import { unreachable } from '../../protocol/errors.ts';

/** Where a pause policy stands: everything is watched, the second time without anybody looking; favourites are; nothing is. */
export type Phase =
  | { readonly kind: 'active' }
  | { readonly kind: 'grace'; readonly cause: PauseCause; readonly sinceMs: number }
  | { readonly kind: 'background'; readonly cause: PauseCause }
  | Resting;

/** Where nothing is watched. */
export type Resting =
  | { readonly kind: 'paused'; readonly cause: PauseCause }
  /** `awaitsNetwork`: there was one when the computer went to sleep, so there will be one again. */
  | { readonly kind: 'suspended'; readonly awaitsNetwork: boolean }
  /** `readyMs` is Infinity while the network is awaited. */
  | {
      readonly kind: 'waking';
      readonly awaitsNetwork: boolean;
      readonly readyMs: number;
      readonly latestMs: number;
    };

/** How much is watched. */
export type Watched = 'all' | 'favourites' | 'nothing';

/** How much is watched in a phase. */
export function watchedIn({ kind }: Phase): Watched {
  switch (kind) {
    case 'active':
    case 'grace':
      return 'all';
    case 'background':
      return 'favourites';
    case 'paused':
    case 'suspended':
    case 'waking':
      return 'nothing';
    default:
      return unreachable(kind);
  }
}

/** Whether nothing is watched. */
export function isResting(phase: Phase): phase is Resting {
  return watchedIn(phase) === 'nothing';
}

/** What brought a phase about. */
export function causeOf(phase: Exclude<Phase, { readonly kind: 'active' }>): PauseCause {
  return phase.kind === 'suspended' || phase.kind === 'waking' ? 'asleep' : phase.cause;
}
