import { unreachable } from '../../errors.ts';
import type { LookedAt } from '../../dnssd/browser.ts';
import type { FollowedTypes } from '../../dnssd/type-list.ts';
import type { Change } from '../../push/change.ts';
import { changeName } from '../../push/change.ts';
import { formatQuestion, formatRecord } from '../../transcript-record.ts';
import type { Question, ResourceRecord } from '../../wire/record.ts';
import { hexOf } from '../../wire/text.ts';
import { exactLine } from './octets-trial.ts';
import type { Trial } from './trial.ts';
import { shortened, shortenedOctets } from './trial.ts';

/** One thing that happens to an end of a session. */
export type SessionStep =
  /** Octets of the peer, in this many pieces. */
  | { readonly kind: 'octets'; readonly octets: Uint8Array; readonly pieces: number }
  /** So much time passes, and everything that falls due is done in time. */
  | { readonly kind: 'wait'; readonly ms: number }
  /** Time passes until something falls due. */
  | { readonly kind: 'due' }
  /** What the owner of a client has it do. */
  | { readonly kind: 'subscribe' | 'unsubscribe'; readonly question: Question }
  | { readonly kind: 'reconfirm'; readonly record: ResourceRecord }
  | { readonly kind: 'close' }
  /** What the owner of a browser looks at from now on. */
  | { readonly kind: 'look'; readonly at: LookedAt }
  /** The types whose instances it lists from now on. */
  | { readonly kind: 'list'; readonly types: FollowedTypes }
  /** What the owner of a server has it do. */
  | { readonly kind: 'publish'; readonly changes: readonly Change[] }
  | { readonly kind: 'shutdown'; readonly retryDelayMs: number };

/** A trial whose input is what happens to an end of a session; `side` is who sends the octets. */
export function stepsTrial(
  side: 'C' | 'S',
  steps: readonly SessionStep[],
  check: (steps: readonly SessionStep[]) => void | Promise<void>,
): Trial {
  return {
    check: () => check(steps),
    *smaller() {
      for (const fewer of shortened(steps)) yield stepsTrial(side, fewer, check);
      for (const [at, step] of steps.entries()) {
        for (const less of smallerSteps(step)) yield stepsTrial(side, steps.with(at, less), check);
      }
    },
    show: () => steps.map((step) => stepText(step, side)),
  };
}

function* smallerSteps(step: SessionStep): Generator<SessionStep, void, undefined> {
  if (step.kind === 'publish') {
    for (const changes of shortened(step.changes)) yield { ...step, changes };
  }
  if (step.kind !== 'octets') return;
  if (step.pieces > 1) yield { ...step, pieces: 1 };
  for (const octets of shortenedOctets(step.octets)) yield { ...step, octets };
}

/** A step as a line of a dialogue, or, where dialogues have none, near enough. */
function stepText(step: SessionStep, side: 'C' | 'S'): string {
  switch (step.kind) {
    case 'octets': {
      const bytes = step.octets.subarray(2);
      const isWhole = step.octets.length >= 2 && ((step.octets[0]! << 8) | step.octets[1]!) === bytes.length;
      const pieces = step.pieces === 1 ? '' : ` # in ${step.pieces} pieces`;
      const line = isWhole ? exactLine(bytes) : `STREAM ${hexOf(step.octets)}`;
      return `${side}: ${line}${pieces}`;
    }
    case 'wait':
      return `+${step.ms}`;
    case 'due':
      return '# until something falls due';
    case 'subscribe':
    case 'unsubscribe':
      return `${step.kind} ${formatQuestion(step.question)}`;
    case 'reconfirm':
      return `reconfirm ${formatRecord(step.record)}`;
    case 'close':
      return 'close';
    case 'look':
      return `look at ${step.at === 'everything' ? step.at : [...step.at].join(' ')}`;
    case 'list':
      return `list ${step.types === 'everything' ? step.types : [...step.types].join(' ')}`;
    case 'publish':
      return `zone ${step.changes.map(changeText).join(' | ')}`;
    case 'shutdown':
      return `shutdown ${step.retryDelayMs} NOERROR`;
    default:
      return unreachable(step);
  }
}

function changeText(change: Change): string {
  return change.kind === 'add' || change.kind === 'remove'
    ? `${change.kind} ${formatRecord(change.record)}`
    : `${change.kind} ${changeName(change).toString()}`;
}
