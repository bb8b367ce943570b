import type { Question } from '../wire/record.ts';
import type { Procedure } from './procedure.ts';

/** Runs two procedures at the same time: each round asks the questions of both, until both have come to their results. */
export function* sideBySide<One, Other>(
  one: Procedure<One>,
  other: Procedure<Other>,
): Procedure<readonly [One, Other]> {
  let left = one.next();
  let right = other.next();
  while (left.done !== true || right.done !== true) {
    const asked = questionsOf(left);
    const replies = yield [...asked, ...questionsOf(right)];
    if (left.done !== true) left = one.next(replies.slice(0, asked.length));
    if (right.done !== true) right = other.next(replies.slice(asked.length));
  }
  return [left.value, right.value];
}

function questionsOf<Result>(step: IteratorResult<readonly Question[], Result>): readonly Question[] {
  return step.done === true ? [] : step.value;
}
