import type { Refusal } from '../../protocol/push/refusal.ts';
import type { Name } from '../../protocol/wire/name.ts';
import type { Question } from '../../protocol/wire/record.ts';
import { questionKey } from '../../protocol/wire/record.ts';

/** A question, and the source that it is asked of; none while its zone is looked for. */
export interface Placed<Source> {
  readonly question: Question;
  source: Source | undefined;
  /** What made the source say that it has no such zone; it is then looked for where the name lies. */
  doubt: Refusal | undefined;
}

const NONE: readonly never[] = [];

/** Questions and their sources, found by question and by name. */
export class PlacedQuestions<Source> {
  readonly #byKey = new Map<string, Placed<Source>>();
  readonly #byName = new Map<string, readonly Placed<Source>[]>();

  get all(): readonly Placed<Source>[] {
    return [...this.#byKey.values()];
  }

  find(question: Question): Placed<Source> | undefined {
    return this.#byKey.get(questionKey(question));
  }

  /** All questions about a name. */
  ofName({ key }: Name): readonly Placed<Source>[] {
    return this.#byName.get(key) ?? NONE;
  }

  /** Takes a question in, without a source, unless it is there. */
  enter(question: Question): Placed<Source> {
    const known = this.find(question);
    if (known !== undefined) return known;
    const placed: Placed<Source> = { question, source: undefined, doubt: undefined };
    this.#byKey.set(questionKey(question), placed);
    this.#byName.set(question.name.key, this.ofName(question.name).concat(placed));
    return placed;
  }

  /** Forgets a question; what it was. */
  remove(question: Question): Placed<Source> | undefined {
    const placed = this.find(question);
    if (placed === undefined) return undefined;
    this.#byKey.delete(questionKey(question));
    const others = this.ofName(question.name).filter((one) => one !== placed);
    if (others.length > 0) this.#byName.set(question.name.key, others);
    else this.#byName.delete(question.name.key);
    return placed;
  }
}

/** The questions among these that have a source, by it. */
export function bySource<Source>(all: readonly Placed<Source>[]): ReadonlyMap<Source, readonly Question[]> {
  const groups = new Map<Source, Question[]>();
  for (const { question, source } of all) {
    const group = source === undefined ? undefined : groups.get(source);
    if (group !== undefined) group.push(question);
    else if (source !== undefined) groups.set(source, [question]);
  }
  return groups;
}
