import type { ActivityRow } from '../contract/activity.ts';
import { unreachable } from '../../protocol/errors.ts';
import type { Clock } from '../net/clock.ts';
import type { PauseInput, PauseOutput, PauseStart } from './pause-policy.ts';
import { PausePolicy } from './pause-policy.ts';
import type { Moment } from './sleep-trace.ts';

/** What can be paused; `Workspace` is the real thing. */
export interface Pausable {
  /** Asks nothing more and closes; resolves when nothing is open any more, and never rejects. */
  pause(reason: string): Promise<void>;
  /** Follows what a person keeps an eye on, and asks nothing else. */
  narrow(reason: string): void;
  resume(): void;
  /** Finds out which connections are dead. */
  suspect(): void;
  /** Shows windows how it stands. */
  showActivity(activity: ActivityRow): void;
}

/** What a pauser is made of. */
export interface PauserOptions {
  readonly clock: Clock;
  /** From 0 up to but not including 1. */
  readonly random: () => number;
  readonly pausable: Pausable;
  readonly start: PauseStart;
}

/** Performs the pause policy: tells it the time, and does what it says. */
export class Pauser {
  readonly #clock: Clock;
  readonly #pausable: Pausable;
  readonly #policy: PausePolicy;
  /** What is to be taken when all before it is done: an input may come in the midst of what another one leads to. */
  readonly #waiting: (PauseInput | 'tick')[] = [];
  #isTaking = false;
  #shown = '';
  #cancelTimer: () => void = () => undefined;

  constructor({ clock, random, pausable, start }: PauserOptions) {
    this.#clock = clock;
    this.#pausable = pausable;
    this.#policy = new PausePolicy(start, random, this.#now);
    this.#settle();
  }

  /** Takes what happened, and does at once what follows. */
  take(input: PauseInput): void {
    this.#enqueue(input);
  }

  /** Ends the wait for what is due next; nothing is to be taken after that. */
  close(): void {
    this.#cancelTimer();
  }

  get #now(): Moment {
    return { nowMs: this.#clock.nowMs(), wallMs: this.#clock.wallMs() };
  }

  #enqueue(input: PauseInput | 'tick'): void {
    this.#waiting.push(input);
    if (this.#isTaking) return;
    this.#isTaking = true;
    try {
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
        const now = this.#now;
        this.#perform(next === 'tick' ? this.#policy.tick(now) : this.#policy.take(next, now));
      }
    } finally {
      this.#isTaking = false;
    }
    this.#settle();
  }

  #perform(outputs: readonly PauseOutput[]): void {
    for (const output of outputs) {
      switch (output.kind) {
        case 'pause':
          void this.#pausable.pause(output.reason); // never rejects, and nothing waits for it
          break;
        case 'narrow':
          this.#pausable.narrow(output.reason);
          break;
        case 'resume':
          this.#pausable.resume();
          break;
        case 'suspect':
          this.#pausable.suspect();
          break;
        default:
          unreachable(output);
      }
    }
  }

  /** Shows how it stands, and waits for what is due next. */
  #settle(): void {
    this.#show(this.#policy.activity);
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.at(this.#policy.deadlineMs, () => this.#enqueue('tick'));
  }

  #show(activity: ActivityRow): void {
    const shown = JSON.stringify(activity);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#pausable.showActivity(activity);
  }
}
