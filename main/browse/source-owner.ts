import type { Evidence } from '../contract/ladder.ts';
import type { Change } from '../../protocol/push/change.ts';
import type { Refusal } from '../../protocol/push/refusal.ts';
import type { Name } from '../../protocol/wire/name.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import type { StepNews } from './ladder.ts';
import type { Failure } from './server-search.ts';
import type { BelievedServer } from './server-trust.ts';

/** Who is told what comes in, from whatever source. */
export interface SourceListener {
  /** From here on the changes of a question are told, beginning with what is there. */
  accepted(question: Question): void;
  /** A question that others do not depend on will not, or no longer, be told of; null when there were too many already. */
  refused(question: Question, refusal: Refusal | null): void;
  /** Changes of one PUSH, of questions that were asked of this source. */
  changed(changes: readonly Change[]): void;
  /** What is known of a question that was accepted. */
  known(question: Question): readonly ResourceRecord[];
  /** All that there is of a question, as ordinary queries tell it; it stands until the next round, or until it is uncovered. */
  answered(question: Question, records: readonly ResourceRecord[]): void;
  /** These questions are covered no longer. */
  uncovered(questions: readonly Question[]): void;
}

/** Whom a source works for. */
export interface SourceOwner extends SourceListener {
  /** The zone of what is asked was found, once more as a rule. */
  located(zone: Name): void;
}

/** Who is told how a source stands. */
export interface SourceWitness {
  /** An attempt begins. */
  began(): void;
  /** A lookup of the attempt came to an end. */
  noted(evidence: Evidence): void;
  /** The attempt came a step further. */
  progressed(news: StepNews): void;
  /** A server was no use, or is slow, and the zone's next one is tried. */
  movedOn(failure: Failure, server: string): void;
  /** A server is being tried. */
  follows(server: string): void;
  /** It has shown who it is, and it is followed. */
  believed(server: BelievedServer): void;
  /** The attempt is over; another one follows. `isPolling`: polls go on meanwhile. `wasLive`: a session had been of use. */
  failed(failure: Failure, isPolling: boolean, wasLive: boolean): void;
  /** A poll for what is vital was answered. */
  polled(): void;
  /** A poll for what is vital was not answered, for a reason that is a sentence for people. */
  unanswered(reason: string): void;
  /** All polls of a round are answered; the next one is in so many seconds at least. */
  roundEnded(everySeconds: number): void;
}
