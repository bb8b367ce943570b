import type { Question } from '../wire/record.ts';
import { questionKey } from '../wire/record.ts';
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
  readonly #byKey = new Map<string, Subscription>();
  readonly #byId = new Map<number, Subscription>();
  readonly #liveByName = new Map<string, Map<number, Subscription>>();

  /** All of them, whatever their state. */
  get size(): number {
    return this.#byId.size;
  }

  /** The one to this question, names folded. */
  find(question: Question): Subscription | undefined {
    return this.#byKey.get(questionKey(question));
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
    this.#byKey.set(questionKey(subscription.question), subscription);
    this.#byId.set(subscription.id, subscription);
    if (subscription.state !== 'live') return;
    const key = subscription.question.name.key;
    const live = this.#liveByName.get(key);
    if (live === undefined) this.#liveByName.set(key, new Map([[subscription.id, subscription]]));
    else live.set(subscription.id, subscription);
  }

  remove(subscription: Subscription): void {
    this.#byId.delete(subscription.id);
    this.#byKey.delete(questionKey(subscription.question));
    const key = subscription.question.name.key;
    const live = this.#liveByName.get(key);
    live?.delete(subscription.id);
    if (live?.size === 0) this.#liveByName.delete(key);
  }

  /** Whether a live subscription is told of this change; those of no other are dropped one by one (RFC 8765 §6.3.1). */
  isCovered(change: Change): boolean {
    const live = this.#liveByName.get(changeName(change).key);
    if (live === undefined) return false;
    for (const { question } of live.values()) if (touches(change, question)) return true;
    return false;
  }
}

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
