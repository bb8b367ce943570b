import type { Clock } from '../net/clock.ts';
import type { Resolver } from '../net/resolver.ts';
import { ownRecords } from '../../protocol/discovery/own-records.ts';
import { Polling } from '../../protocol/push/polling.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import { LeftAnswers } from './left-answers.ts';
import type { PollGate } from './poll-gate.ts';

/** What polling needs of the world. */
export interface PollingDependencies {
  readonly clock: Clock;
  readonly resolver: Resolver;
  /** Lets questions through to the resolver at a pace that is polite. */
  readonly gate: PollGate;
}

/** Who is told what polling brings. */
export interface PollingUser {
  /** What is known of a question that is polled for. */
  known(question: Question): readonly ResourceRecord[];
  /** All that there is of a question. */
  polled(question: Question, records: readonly ResourceRecord[]): void;
  /** It could not be learned, for a reason that is a sentence for people. */
  unanswered(question: Question, reason: string): void;
  /** It is time for another round; none begins before it is called for. */
  roundDue(): void;
  /** All that was asked is answered; in so many seconds at least something is asked again. */
  roundEnded(everySeconds: number): void;
}

/**
 * What stands in for a push session where there is none to be had: asks the domain's resolver the same questions by ordinary
 * queries, each again when its answer has lived its life (RFC 8765 §6.8).
 */
export class PollingFeed {
  readonly #dependencies: PollingDependencies;
  readonly #user: PollingUser;
  readonly #polling = new Polling();
  readonly #left = new LeftAnswers();
  readonly #abort = new AbortController();
  #underWay = 0;
  #stopTimer: () => void = () => undefined;

  constructor(dependencies: PollingDependencies, user: PollingUser) {
    this.#dependencies = dependencies;
    this.#user = user;
  }

  /** Polls for questions from now on, beginning at once with those that have no answer that is still good. */
  ask(questions: readonly Question[]): void {
    const nowMs = this.#dependencies.clock.nowMs();
    const fresh: Question[] = [];
    for (const question of questions) {
      const left = this.#left.take(question, nowMs);
      if (this.#polling.add(question, left?.wait)) fresh.push(question);
      else if (left !== undefined) void this.#tellAgain(question, left.records); // never rejects
    }
    this.#poll(fresh);
  }

  /** Polls for questions no longer; what is known of them is good for as long as it would have been. */
  unask(questions: readonly Question[]): void {
    for (const question of questions) {
      const records = this.#user.known(question);
      const wait = this.#polling.delete(question);
      if (wait !== undefined) this.#left.keep(question, { wait, records });
    }
  }

  /** Asks all that is due. */
  round(): void {
    this.#poll(this.#polling.take(this.#dependencies.clock.nowMs()));
  }

  /** Ends it; nothing is told any more. */
  stop(): void {
    this.#abort.abort();
    this.#dependencies.gate.leave(this);
    this.#stopTimer();
  }

  #poll(questions: readonly Question[]): void {
    for (const question of questions) void this.#ask(question); // never rejects: a failure is told
    this.#arm();
  }

  /** As everything that is told, it comes after what asked for it has been done. */
  async #tellAgain(question: Question, records: readonly ResourceRecord[]): Promise<void> {
    await Promise.resolve();
    if (!this.#abort.signal.aborted && this.#polling.has(question)) this.#user.polled(question, records);
  }

  async #ask(question: Question): Promise<void> {
    const { clock, gate, resolver } = this.#dependencies;
    const { signal } = this.#abort;
    this.#underWay += 1;
    const reply = await gate.pass(this, () => resolver.query(question, signal));
    this.#underWay -= 1;
    if (reply === undefined || signal.aborted) return;
    const answer = ownRecords(question, reply);
    if (!this.#polling.has(question)) {
      // Nobody wants to know any more.
    } else if (answer.kind === 'failed') {
      this.#polling.failed(question, clock.nowMs());
      this.#user.unanswered(question, answer.reason);
    } else {
      this.#polling.answered(question, answer.ttlSeconds, clock.nowMs());
      this.#user.polled(question, answer.records);
    }
    const { everySeconds } = this.#polling;
    if (this.#underWay === 0 && everySeconds !== undefined) this.#user.roundEnded(everySeconds);
    if (!signal.aborted) this.#arm();
  }

  /** The one timer, for the next round. */
  #arm(): void {
    const { clock } = this.#dependencies;
    this.#stopTimer();
    const { deadlineMs } = this.#polling;
    if (deadlineMs === undefined || this.#abort.signal.aborted) return;
    // Due already, it waits for the round to be called for.
    if (deadlineMs > clock.nowMs()) this.#stopTimer = clock.at(deadlineMs, () => this.#user.roundDue());
  }
}
