import type { Evidence, Step } from '../contract/ladder.ts';
import type { ShownIdentity } from '../net/identity-check.ts';
import type { SecurePeer } from '../net/tls-opening.ts';
import type { ConnectionEnd } from '../../protocol/dso/retry.ts';
import type { EndCause } from '../../protocol/dso/session-output.ts';
import type { Change } from '../../protocol/push/change.ts';
import type { Refusal } from '../../protocol/push/refusal.ts';
import type { Name } from '../../protocol/wire/name.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import type { StepNews } from './ladder.ts';

/** Who watches a domain through a feed. A feed tells it about its own questions, and of all changes. */
export interface FeedUser {
  /** The zone that its questions lie in. */
  readonly zone: Name;
  /** The server accepted a question: from here on its changes are told, beginning with what is there. */
  accepted(question: Question): void;
  /** The server will not, or no longer, tell of a question; null when there were too many already. */
  refused(question: Question, refusal: Refusal | null): void;
  /** Changes of one PUSH, those of other users' questions among them. */
  changed(changes: readonly Change[]): void;
  /** What is known of a question that this user was told was accepted. */
  known(question: Question): readonly ResourceRecord[];
  /**
   * The connection came a step further; one who joins it later is told of every step at once. When the server has shown who
   * it is, a user for whom that is not enough leaves before anything is asked.
   */
  progressed(news: FeedNews): void;
  /** The session is over and the feed with it; every question of every user is uncovered. */
  ended(end: FeedEnd): void;
}

/** What happens on the way to a session; that the server has shown who it is comes in place of the news of that step. */
export type FeedNews =
  StepNews | { readonly kind: 'secured'; readonly peer: SecurePeer; readonly evidence: Evidence };

/** How a feed ended. */
export interface FeedEnd {
  readonly cause: EndCause | 'reconfirm-answered' | 'dropped' | 'unreachable';
  /** Where on the way to a live domain it happened. */
  readonly step: Step;
  /** A sentence for people. */
  readonly reason: string;
  readonly retryDelayMs: number | undefined;
  /** How far the session had come. */
  readonly progress: ConnectionEnd['progress'];
  /** What the server showed, where it was left for that. */
  readonly shown?: ShownIdentity | undefined;
}
