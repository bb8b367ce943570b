/** How many clients a server lets in. */
export interface AdmissionLimits {
  /** More sessions at a time are turned away. */
  readonly maxSessions: number;
  /** New sessions a second, for as long as it takes. */
  readonly sessionsPerSecond: number;
  /** So many new ones at once, when few came for a while. */
  readonly burst: number;
  /** Who is sent away stays away for this long at least, in milliseconds, and up to as long again at random. */
  readonly minDelayMs: number;
}

/** What suits a server with few clients. */
export const DEFAULT_ADMISSION: AdmissionLimits = {
  maxSessions: 64,
  sessionsPerSecond: 100,
  burst: 200,
  minDelayMs: 5_000,
};

/** The part of the rate that is promised to those who come back; the rest is for those who come for the first time. */
const PROMISED = 0.8;
/** Nobody is sent away for longer: the server may have got faster, or have fewer clients. */
const MAX_DELAY_MS = 3_600_000;

/**
 * Who is let in, and for how long the others are sent away. A server is to see to it that its clients do not come back all at
 * once, since they add no jitter to a Retry Delay (RFC 8490 §6.6.3): each that is sent away gets a place in a queue that moves
 * as fast as the server lets clients in, and a little more at random so that the queues of several servers do not keep step.
 */
export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #random: () => number;
  #sessions = 0;
  /** How many may come at once, as of `#countedMs`. */
  #room: number;
  #countedMs = -Infinity;
  /** When the next place of the queue is free. */
  #nextPlaceMs = -Infinity;

  /** `random` gives numbers from 0 up to but not including 1. */
  constructor(limits: AdmissionLimits, random: () => number) {
    this.#limits = limits;
    this.#random = random;
    this.#room = limits.burst;
  }

  /** A client has come: undefined lets it in until `left`; otherwise it is to stay away for so many milliseconds. */
  arrived(nowMs: number): number | undefined {
    const { burst, maxSessions, sessionsPerSecond } = this.#limits;
    const gained = this.#room + ((nowMs - this.#countedMs) * sessionsPerSecond) / 1000;
    this.#room = Math.min(burst, gained);
    this.#countedMs = nowMs;
    if (this.#room < 1 || this.#sessions >= maxSessions) return this.delayMs(nowMs);
    this.#room -= 1;
    this.#sessions += 1;
    return undefined;
  }

  /** A client that was let in has gone. */
  left(): void {
    this.#sessions -= 1;
  }

  /** For how long one more client is sent away: when it is not let in, or when the server stops. */
  delayMs(nowMs: number): number {
    const { minDelayMs, sessionsPerSecond } = this.#limits;
    const placeMs = Math.max(this.#nextPlaceMs, nowMs + minDelayMs);
    this.#nextPlaceMs = placeMs + 1000 / (sessionsPerSecond * PROMISED);
    return Math.min(MAX_DELAY_MS, Math.round(placeMs - nowMs + this.#random() * minDelayMs));
  }
}
