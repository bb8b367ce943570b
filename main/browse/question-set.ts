import type { Name } from '../../protocol/wire/name.ts';
import type { Question } from '../../protocol/wire/record.ts';
import { questionKey } from '../../protocol/wire/record.ts';

/** Questions, each once, in the order they were added, and the names that they ask about. */
export class QuestionSet {
  readonly #byKey = new Map<string, Question>();
  /** How many of them ask about a name, by its key. */
  readonly #names = new Map<string, number>();

  get all(): readonly Question[] {
    return [...this.#byKey.values()];
  }

  get isEmpty(): boolean {
    return this.#byKey.size === 0;
  }

  has(question: Question): boolean {
    return this.#byKey.has(questionKey(question));
  }

  /** Whether any of them asks about a name. */
  hasName({ key }: Name): boolean {
    return this.#names.has(key);
  }

  add(question: Question): void {
    const { key } = question.name;
    if (!this.has(question)) this.#names.set(key, (this.#names.get(key) ?? 0) + 1);
    this.#byKey.set(questionKey(question), question);
  }

  /** Whether it was there. */
  delete(question: Question): boolean {
    if (!this.#byKey.delete(questionKey(question))) return false;
    const { key } = question.name;
    const left = this.#names.get(key)! - 1;
    if (left === 0) this.#names.delete(key);
    else this.#names.set(key, left);
    return true;
  }
}
