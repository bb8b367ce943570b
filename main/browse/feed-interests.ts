import type { Name } from '../../protocol/wire/name.ts';
import type { Question } from '../../protocol/wire/record.ts';
import { questionKey } from '../../protocol/wire/record.ts';

/** A question that somebody wants answered through a feed. */
export interface Interest<User> {
  readonly question: Question;
  /** The zone that the name is taken to lie in, itself where that is not known: with it a NOTAUTH holds it back (RFC 8765 §6.2.2). */
  readonly zone: Name;
  readonly users: Set<User>;
  /** Changed by `Interests.stand` alone. */
  state: Standing;
}

/** `held` is not subscribed to because the server declined such questions a while ago; `asked` is; `live` was accepted. */
type Standing = { readonly kind: 'asked' | 'live' } | { readonly kind: 'held'; readonly untilMs: number };

/** What is wanted through one feed: each question once, however many want it (RFC 8765 §6.2.1). */
export class Interests<User> {
  readonly #byKey = new Map<string, Interest<User>>();
  readonly #held = new Set<Interest<User>>();

  get all(): readonly Interest<User>[] {
    return [...this.#byKey.values()];
  }

  find(question: Question): Interest<User> | undefined {
    return this.#byKey.get(questionKey(question));
  }

  /** A user wants a question answered. `other` is one who wanted it before; undefined when nobody else did. */
  join(
    user: User,
    question: Question,
    zone: Name,
  ): { readonly interest: Interest<User>; readonly other: User | undefined } {
    const key = questionKey(question);
    const known = this.#byKey.get(key);
    const interest = known ?? { question, zone, users: new Set<User>(), state: { kind: 'asked' } };
    const [other] = interest.users;
    interest.users.add(user);
    if (known === undefined) this.#byKey.set(key, interest);
    return { interest, other };
  }

  /** A user no longer wants it. Whether nobody does any more. */
  leave(user: User, question: Question): boolean {
    const interest = this.find(question);
    if (interest?.users.delete(user) !== true || interest.users.size > 0) return false;
    this.remove(question);
    return true;
  }

  /** Nobody wants it. */
  remove(question: Question): void {
    const interest = this.find(question);
    if (interest === undefined) return;
    this.#byKey.delete(questionKey(question));
    this.#held.delete(interest);
  }

  /** From now on a question stands so. */
  stand(interest: Interest<User>, state: Standing): void {
    interest.state = state;
    if (state.kind === 'held') this.#held.add(interest);
    else this.#held.delete(interest);
  }

  /** Those held back. */
  get held(): readonly Interest<User>[] {
    return [...this.#held];
  }

  /** When the first of those held back may be asked; Infinity when none is. */
  get heldUntilMs(): number {
    let earliestMs = Infinity;
    for (const { state } of this.#held) {
      if (state.kind === 'held') earliestMs = Math.min(earliestMs, state.untilMs);
    }
    return earliestMs;
  }
}
