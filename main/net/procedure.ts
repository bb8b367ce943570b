import type { Procedure } from '../../protocol/discovery/procedure.ts';
import type { Resolver } from './resolver.ts';

/**
 * Drives a procedure of `protocol/discovery` with a resolver, each round's questions at the same time, to its result.
 * Aborted by `signal`, it ends soon, for every question is then answered as cancelled; look at the signal before the result.
 */
export async function run<Result>(
  procedure: Procedure<Result>,
  resolver: Pick<Resolver, 'query'>,
  signal?: AbortSignal,
): Promise<Result> {
  let step = procedure.next();
  while (step.done !== true) {
    const replies = await Promise.all(step.value.map((question) => resolver.query(question, signal)));
    step = procedure.next(replies);
  }
  return step.value;
}
