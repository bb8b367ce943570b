import type { ActivityRow } from '../../contract/activity.ts';
import type { PauseInput, PauseOutput, PauseSettings } from '../pause-policy.ts';
import { PausePolicy } from '../pause-policy.ts';
import type { Watched } from '../pause-phase.ts';

/** Half past noon of some day, in milliseconds since the epoch. */
export const START_MS = Date.UTC(2026, 10, 3, 12, 30);

/** What holds until somebody changes it. */
export const PAUSE_SETTINGS: PauseSettings = {
  pauseOnHide: true,
  graceSeconds: 30,
  pauseOnIdle: false,
  idleMinutes: 10,
  keepFavourites: false,
};

const WATCHED_AFTER = { pause: 'nothing', narrow: 'favourites', resume: 'all' } as const;

/** A pause policy on time of its own, and what came of it: each turn with its second, and whether anything is watched. */
export class Pausing {
  readonly policy: PausePolicy;
  /** Such as `0.5 suspect`, with the seconds since the start. */
  readonly log: string[] = [];
  /** That of the last pause. */
  reason = '';
  #watched: Watched = 'all';
  #nowMs = 0;
  #wallMs = START_MS;

  constructor(settings: Partial<PauseSettings> = {}, random = 0.5) {
    const start = { settings: { ...PAUSE_SETTINGS, ...settings }, isNetworkUp: true };
    this.policy = new PausePolicy(start, () => random, this.#now);
    this.take({ kind: 'window', id: 1, state: 'shown' });
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  /** How much is watched. */
  get watched(): Watched {
    return this.#watched;
  }

  /** Whether all is. */
  get isWatching(): boolean {
    return this.#watched === 'all';
  }

  get activity(): ActivityRow {
    return this.policy.activity;
  }

  take(...inputs: readonly PauseInput[]): void {
    for (const input of inputs) this.#perform(this.policy.take(input, this.#now));
  }

  /** Lets time pass, with every tick that falls due. */
  pass(ms: number): void {
    const endMs = this.#nowMs + ms;
    while (this.policy.deadlineMs <= endMs) {
      const dueMs = Math.max(this.policy.deadlineMs, this.#nowMs);
      this.#move(dueMs - this.#nowMs);
      this.#perform(this.policy.tick(this.#now));
      if (this.policy.deadlineMs <= dueMs) throw new Error(`the deadline at ${dueMs} ms stays where it is`);
    }
    this.#move(endMs - this.#nowMs);
  }

  /** Moves the wall clock alone: the machine sleeps and its timers stand still, or somebody sets the clock. */
  jump(ms: number): void {
    this.#wallMs += ms;
  }

  /** Lets time pass in which no timer is served. */
  stall(ms: number): void {
    this.#move(ms);
  }

  get #now() {
    return { nowMs: this.#nowMs, wallMs: this.#wallMs };
  }

  #hear(reason: string): void {
    if (reason === this.reason) throw new Error(`said twice: ${reason}`);
    this.reason = reason;
  }

  #move(ms: number): void {
    this.#nowMs += ms;
    this.#wallMs += ms;
  }

  #perform(outputs: readonly PauseOutput[]): void {
    for (const output of outputs) {
      const before = this.#watched;
      if (output.kind === 'suspect') {
        if (before === 'nothing') throw new Error('nothing is there to be suspect');
      } else {
        this.#watched = WATCHED_AFTER[output.kind];
        if (output.kind === 'resume' && before === 'all') throw new Error('nothing was paused');
        this.#hear(output.kind === 'resume' ? '' : output.reason);
      }
      if (output.kind === 'suspect' || this.#watched !== before)
        this.log.push(`${this.#nowMs / 1000} ${output.kind}`);
    }
  }
}
