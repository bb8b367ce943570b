import type { ClientOutput } from '../../protocol/push/client.ts';
import type { Question } from '../../protocol/wire/record.ts';
import type { FeedUser } from './feed-user.ts';

/**
 * What a feed has to do, one after the other: outputs of the session, and what users ask while they are told of such. That
 * waits until everything at hand is told, since the session is ahead of what is told: whoever joins a question then hears
 * all of it.
 */
export type FeedTask = ClientOutput | ({ readonly kind: 'ask' } & Wish) | ({ readonly kind: 'unask' } & Wish);

/** Questions of one user. */
export interface Wish {
  readonly user: FeedUser;
  readonly questions: readonly Question[];
}

/** What comes of each question of a wish, in order. */
export function fulfilled(
  { user, questions }: Wish,
  fulfil: (user: FeedUser, question: Question) => readonly ClientOutput[],
): readonly ClientOutput[] {
  return questions.flatMap((question) => fulfil(user, question));
}
