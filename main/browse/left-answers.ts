import type { PollWait } from '../../protocol/push/polling.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import { questionKey } from '../../protocol/wire/record.ts';

/** So many are kept at most; the oldest make room. */
const MOST = 4096;

/** What was known of a question when it was polled for last, and until when that is good. */
export interface LeftAnswer {
  readonly wait: PollWait;
  readonly records: readonly ResourceRecord[];
}

/** The answers to questions that are not polled for any more: somebody who looks away may look back before they are due again. */
export class LeftAnswers {
  readonly #byKey = new Map<string, LeftAnswer>();

  /** Keeps the answer to a question. */
  keep(question: Question, answer: LeftAnswer): void {
    const key = questionKey(question);
    this.#byKey.delete(key);
    this.#byKey.set(key, answer);
    const [oldest] = this.#byKey.keys();
    if (this.#byKey.size > MOST) this.#byKey.delete(oldest!);
  }

  /** Gives back the answer to a question, if one was kept and is good at `nowMs`, in the caller's milliseconds. */
  take(question: Question, nowMs: number): LeftAnswer | undefined {
    const key = questionKey(question);
    const answer = this.#byKey.get(key);
    this.#byKey.delete(key);
    return answer !== undefined && answer.wait.dueMs > nowMs ? answer : undefined;
  }
}
