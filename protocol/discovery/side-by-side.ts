import { questionKey } from '../wire/record.ts';
import type { Procedure } from './procedure.ts';

/** Runs two procedures at the same time: each round asks the questions of both, until both have come to their results. */
export function* sideBySide<One, Other>(
  one: Procedure<One>,
  other: Procedure<Other>,
): Procedure<readonly [One, Other]> {
  const [left, right] = yield* allSideBySide<One | Other>([one, other]);
  return [left as One, right as Other];
}

/** Runs any number of procedures at the same time; a question that several of them ask in one round is asked once. */
export function* allSideBySide<Result>(
  procedures: readonly Procedure<Result>[],
): Procedure<readonly Result[]> {
  const results = new Map<number, Result>();
  let running = procedures.map((procedure, at) => ({ procedure, at, step: procedure.next() }));
  for (;;) {
    for (const { at, step } of running) if (step.done === true) results.set(at, step.value);
    const waiting = running.flatMap(({ procedure, at, step }) =>
      step.done === true ? [] : [{ procedure, at, asked: step.value }],
    );
    if (waiting.length === 0) return procedures.map((_, at) => results.get(at)!);
    const questions = new Map(
      waiting.flatMap(({ asked }) => asked.map((question) => [questionKey(question), question])),
    );
    const replies = yield [...questions.values()];
    const byKey = new Map([...questions.keys()].map((key, at) => [key, replies[at]!]));
    running = waiting.map(({ procedure, at, asked }) => {
      const own = asked.map((question) => byKey.get(questionKey(question))!);
      return { procedure, at, step: procedure.next(own) };
    });
  }
}
