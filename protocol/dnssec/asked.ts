import type { Procedure, Reply } from '../discovery/procedure.ts';
import type { Question } from '../wire/record.ts';
import { questionKey } from '../wire/record.ts';
import type { WorkBudget } from './work-budget.ts';

const TOO_MANY: Reply = {
  kind: 'failed',
  reason: 'To check this answer takes more questions than any honest domain asks for, so it was given up.',
};

/** The questions of one validation, each asked once. */
export class Asked {
  readonly #budget: WorkBudget;
  readonly #replies = new Map<string, Reply>();

  constructor(budget: WorkBudget) {
    this.#budget = budget;
  }

  /** Asks those that were not asked before, side by side. */
  *ask(questions: readonly Question[]): Procedure<void> {
    const missing = questions.filter((question) => !this.#replies.has(questionKey(question)));
    if (missing.length === 0) return;
    if (!this.#budget.spend('questions', missing.length)) {
      for (const question of missing) this.#replies.set(questionKey(question), TOO_MANY);
      return;
    }
    const replies = yield missing;
    for (const [at, question] of missing.entries()) {
      const reply = replies[at];
      if (reply === undefined)
        throw new TypeError('a procedure is resumed with a reply to each of its questions');
      this.#replies.set(questionKey(question), reply);
    }
  }

  /** The reply to a question that was asked. */
  reply(question: Question): Reply {
    const reply = this.#replies.get(questionKey(question));
    if (reply === undefined) throw new TypeError('a question must be asked before its reply is looked at');
    return reply;
  }
}
