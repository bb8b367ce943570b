import type { Clock } from '../net/clock.ts';
import type { Resolver } from '../net/resolver.ts';
import { QueryPace } from '../../protocol/push/query-pace.ts';

/** One that waits for its turn. */
interface Waiting {
  readonly visitor: object;
  /** Says whether the turn has come, or was given up. */
  readonly settle: (isAdmitted: boolean) => void;
}

/** Lets polls through to one resolver, first come first served, as its pace allows. */
export class PollGate {
  readonly #clock: Clock;
  readonly #pace: QueryPace;
  readonly #inLine = new Set<Waiting>();
  #stopTimer: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#pace = new QueryPace(clock.nowMs());
  }

  /** Asks when it is this question's turn; undefined when its visitor left before. */
  async pass<Reply>(visitor: object, ask: () => Promise<Reply>): Promise<Reply | undefined> {
    const isAdmitted = await new Promise<boolean>((settle) => {
      this.#inLine.add({ visitor, settle });
      this.#admit();
    });
    if (!isAdmitted) return undefined;
    const reply = await ask();
    this.#pace.ended();
    this.#admit();
    return reply;
  }

  /** A visitor gives up all its turns to come. */
  leave(visitor: object): void {
    for (const waiting of this.#inLine) {
      if (waiting.visitor !== visitor) continue;
      this.#inLine.delete(waiting);
      waiting.settle(false);
    }
    if (this.#inLine.size === 0) this.#stopTimer();
  }

  #admit(): void {
    this.#stopTimer();
    const nowMs = this.#clock.nowMs();
    for (const waiting of this.#inLine) {
      const atMs = this.#pace.mayAskAtMs(nowMs);
      if (atMs > nowMs) {
        this.#stopTimer = this.#clock.at(atMs, () => this.#admit());
        return;
      }
      this.#pace.began(nowMs);
      this.#inLine.delete(waiting);
      waiting.settle(true);
    }
  }
}

/** The gate of each resolver that is polled: domains that share one share its pace. */
export class PollGates {
  readonly #clock: Clock;
  readonly #gates = new WeakMap<Resolver, PollGate>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The gate of a resolver. */
  of(resolver: Resolver): PollGate {
    const known = this.#gates.get(resolver);
    if (known !== undefined) return known;
    const gate = new PollGate(this.#clock);
    this.#gates.set(resolver, gate);
    return gate;
  }
}
