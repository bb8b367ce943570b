import type { Question } from '../wire/record.ts';
import { questionKey } from '../wire/record.ts';
import { Deadlines } from './deadlines.ts';

/** No RRset has to be asked for less often than this, however long it lives (RFC 8765 §6.8). */
export const MAX_POLL_SECONDS = 900;
/** An answer that lives for less than this is not asked for more often all the same: people wait a minute, resolvers serve many. */
export const MIN_POLL_SECONDS = 60;
/** The resolver's own copy is to have expired by the time it is asked (RFC 8765 §6.8). */
const RESOLVER_SECONDS = 2;
/** What falls due within so long of the first is asked for in the same round. */
const ROUND_MS = 5_000;

/** When a question that has an answer is to be asked again, in the caller's milliseconds, and the interval that this came to. */
export interface PollWait {
  readonly dueMs: number;
  readonly seconds: number;
}

/** One question that is polled for. */
interface Polled {
  readonly question: Question;
  /** When it is due; Infinity while its answer is awaited. */
  dueMs: number;
  /** The interval that its last answer came to; undefined while it has had none. */
  seconds: number | undefined;
  /** How many times in a row it had no answer. */
  failures: number;
}

/**
 * How many seconds lie between two polls for an RRset that lives for `ttlSeconds`, or for its absence: the least of 900 s and
 * the TTL plus 2 s, and no less (RFC 8765 §6.8).
 */
export function pollSeconds(ttlSeconds: number): number {
  return Math.max(MIN_POLL_SECONDS, Math.min(MAX_POLL_SECONDS, ttlSeconds + RESOLVER_SECONDS));
}

/** What is polled for, and what of it is due when, in the caller's milliseconds (RFC 8765 §6.8). */
export class Polling {
  readonly #polled = new Map<string, Polled>();
  readonly #due = new Deadlines<Polled>();

  /** When the next round is; undefined while there is none to come. What falls due a little later joins it. */
  get deadlineMs(): number | undefined {
    const { nextMs } = this.#due;
    return nextMs === Infinity ? undefined : nextMs + ROUND_MS;
  }

  /** How many seconds lie between two rounds at least, by the answers of late; undefined before the first. */
  get everySeconds(): number | undefined {
    let least: number | undefined;
    for (const { seconds } of this.#polled.values()) {
      if (seconds !== undefined && (least === undefined || seconds < least)) least = seconds;
    }
    return least;
  }

  /**
   * Polls for a question from now on; whether it was not polled for yet, and is to be asked at once. `left`: it was polled for
   * before, and is not due again until then: who looks away and back asks no more often for that (RFC 8765 §6.8).
   */
  add(question: Question, left?: PollWait): boolean {
    const key = questionKey(question);
    if (this.#polled.has(key)) return false;
    const polled: Polled = { question, dueMs: Infinity, seconds: undefined, failures: 0, ...left };
    this.#polled.set(key, polled);
    if (left !== undefined) this.#due.set(polled, left.dueMs);
    return left === undefined;
  }

  /** Polls for a question no longer. Returns until when its answer is good; undefined when it has none, or had none the last time. */
  delete(question: Question): PollWait | undefined {
    const key = questionKey(question);
    const polled = this.#polled.get(key);
    if (polled === undefined) return undefined;
    this.#polled.delete(key);
    this.#due.delete(polled, polled.dueMs);
    const { dueMs, failures, seconds } = polled;
    return dueMs === Infinity || failures > 0 || seconds === undefined ? undefined : { dueMs, seconds };
  }

  /** Whether a question is polled for: the answer to one that no longer is means nothing. */
  has(question: Question): boolean {
    return this.#polled.has(questionKey(question));
  }

  /** Takes out what is due: the questions of a round. None is due again before its answer. */
  take(nowMs: number): readonly Question[] {
    const due = this.#due.take(nowMs);
    for (const polled of due) polled.dueMs = Infinity;
    return due.map(({ question }) => question);
  }

  /** A question was answered by what lives for so long. */
  answered(question: Question, ttlSeconds: number, nowMs: number): void {
    this.#wait(question, nowMs, () => ({ failures: 0, seconds: pollSeconds(ttlSeconds) }));
  }

  /** A question had no answer: it is asked again a minute later, then ever later. */
  failed(question: Question, nowMs: number): void {
    this.#wait(question, nowMs, ({ failures }) => ({
      failures: failures + 1,
      seconds: Math.min(MAX_POLL_SECONDS, MIN_POLL_SECONDS * 2 ** failures),
    }));
  }

  #wait(
    question: Question,
    nowMs: number,
    next: (polled: Polled) => Pick<Polled, 'failures'> & { readonly seconds: number },
  ): void {
    const polled = this.#polled.get(questionKey(question));
    if (polled === undefined) return;
    const { failures, seconds } = next(polled);
    this.#due.delete(polled, polled.dueMs);
    polled.failures = failures;
    polled.seconds = seconds;
    polled.dueMs = nowMs + seconds * 1000;
    this.#due.set(polled, polled.dueMs);
  }
}
