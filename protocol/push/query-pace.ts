/** How many questions may be under way at one resolver. */
const MAX_UNDER_WAY = 8;
/** How many may be asked at once after a quiet time: a domain of ordinary size. */
const BURST = 300;
/** How many may be asked in the long run: 300 a minute. */
const PER_SECOND = 5;

/**
 * How fast one resolver is asked by polling, however much there is to ask: at most eight questions at a time, and three
 * hundred a minute once as many have been asked at once. In the caller's milliseconds.
 */
export class QueryPace {
  #underWay = 0;
  #allowed = BURST;
  #atMs: number;

  constructor(nowMs: number) {
    this.#atMs = nowMs;
  }

  /** When the next question may be asked: `nowMs` when at once, Infinity when first another has to end. */
  mayAskAtMs(nowMs: number): number {
    this.#refill(nowMs);
    if (this.#underWay >= MAX_UNDER_WAY) return Infinity;
    return this.#allowed >= 1 ? nowMs : nowMs + Math.ceil(((1 - this.#allowed) / PER_SECOND) * 1000);
  }

  /** A question is asked. */
  began(nowMs: number): void {
    this.#refill(nowMs);
    this.#allowed -= 1;
    this.#underWay += 1;
  }

  /** A question was answered, or is not waited for any more. */
  ended(): void {
    this.#underWay -= 1;
  }

  #refill(nowMs: number): void {
    this.#allowed = Math.min(BURST, this.#allowed + ((nowMs - this.#atMs) / 1000) * PER_SECOND);
    this.#atMs = nowMs;
  }
}
