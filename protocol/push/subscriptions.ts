import type { Name } from '../wire/name.ts';
import type { Question } from '../wire/record.ts';
import type { Change } from './change.ts';
import { changeName } from './change.ts';
import { coversType } from './coverage.ts';
import { RecordClass } from '../wire/registry.ts';
import { unreachable } from '../errors.ts';

/**
 * A subscription of a client. `pending` awaits its response; `withdrawn` was given up while no UNSUBSCRIBE could be sent
 * yet (RFC 8490 §5.1); `live` was accepted, and only then does a PUSH count for it: one that comes earlier belongs to an
 * earlier subscription to the same and could leave a record behind that the server never takes back.
 */
export interface Subscription {
  readonly question: Question;
  /** The MESSAGE ID of the SUBSCRIBE, its handle for life (RFC 8765 §6.2.1). */
  readonly id: number;
  readonly state: 'pending' | 'withdrawn' | 'live';
}

/** A client's subscriptions on one session: no two are equal, names folded (RFC 8765 §6.2.1). */
export class Subscriptions {
  readonly #byId = new Map<number, Subscription>();
  /** Those to one name, which are few, by its key. */
  readonly #byName = new Map<string, readonly Subscription[]>();

  /** All of them, whatever their state. */
  get size(): number {
    return this.#byId.size;
  }

  get questions(): readonly Question[] {
    return Array.from(this.#byId.values(), ({ question }) => question);
  }

  /** The one to this question, names folded. */
  find(question: Question): Subscription | undefined {
    for (const known of this.#byName.get(question.name.key) ?? NONE) {
      if (known.question.type === question.type && known.question.class === question.class) return known;
    }
    return undefined;
  }

  /** The one whose SUBSCRIBE had this MESSAGE ID. */
  withId(id: number): Subscription | undefined {
    return this.#byId.get(id);
  }

  /** Those given up before they could be unsubscribed. */
  get withdrawn(): readonly Subscription[] {
    return [...this.#byId.values()].filter((subscription) => subscription.state === 'withdrawn');
  }

  /** Adds one, or replaces the one with its MESSAGE ID. */
  put(subscription: Subscription): void {
    const { id, question } = subscription;
    this.#byName.set(question.name.key, [...this.#others(subscription), subscription]);
    this.#byId.set(id, subscription);
  }

  remove(subscription: Subscription): void {
    const { key } = subscription.question.name;
    const others = this.#others(subscription);
    if (others.length > 0) this.#byName.set(key, others);
    else this.#byName.delete(key);
    this.#byId.delete(subscription.id);
  }

  /** Those changes that a live subscription is told of; others are dropped one by one (RFC 8765 §6.3.1). */
  covered(changes: readonly Change[]): readonly Change[] {
    const covered: Change[] = [];
    let name: Name | undefined;
    let subscriptions = NONE;
    for (const change of changes) {
      // Those of one name as a rule follow one another, and then share it.
      if (changeName(change) !== name) {
        name = changeName(change);
        subscriptions = this.#byName.get(name.key) ?? NONE;
      }
      for (const { question, state } of subscriptions) {
        if (state !== 'live' || !touches(change, question)) continue;
        covered.push(change);
        break;
      }
    }
    return covered;
  }

  /** The others to the same name. */
  #others({ id, question }: Subscription): readonly Subscription[] {
    const known = this.#byName.get(question.name.key);
    return known === undefined ? NONE : known.filter((one) => one.id !== id);
  }
}

const NONE: readonly Subscription[] = [];

/** Whether a change adds or removes, at its name, something that a subscription to `question` covers (RFC 8765 §6.3.1). */
export function touches(change: Change, question: Question): boolean {
  switch (change.kind) {
    case 'add':
    case 'remove':
      return coversType(question, change.record.type, change.record.class);
    case 'remove-rrset':
      return coversType(question, change.type, change.class);
    case 'remove-class':
      return question.class === change.class || question.class === RecordClass.ANY;
    case 'remove-name':
      return true;
    default:
      return unreachable(change);
  }
}
