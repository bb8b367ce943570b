import { materialOf } from '../../protocol/testing/fuzz/material.ts';
import type { Material } from '../../protocol/testing/fuzz/material.ts';
import { Random } from '../../protocol/testing/fuzz/random.ts';
import type { FuzzTarget, Trial } from '../../protocol/testing/fuzz/trial.ts';
import type { Limits } from './attempt.ts';
import { errorOf, failureOf, LIMITS } from './attempt.ts';
import { guarded } from './guard.ts';
import { reduced } from './reduction.ts';

/** So many trials are guarded as one, because guarding takes its time. */
const BURST = 256;

/** An input that a subject did wrong with. */
export interface FoundInput {
  readonly target: string;
  /** The number of the input, for `--from`. */
  readonly input: number;
  /** What the smallest input that fails alike fails with. */
  readonly failure: Error;
  /** That input. */
  readonly lines: readonly string[];
}

/** What a burst of trials came to: all went well, one failed, one is to be waited for, or one took long. */
type Burst =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly trial: Trial; readonly failure: Error }
  | { readonly kind: 'pending'; readonly trial: Trial; readonly checked: Promise<void> }
  | { readonly kind: 'slow'; readonly trial: Trial };

/** Sends one target its inputs, which depend on nothing but the seed, the target and their number. */
export class Campaign {
  readonly target: FuzzTarget;
  readonly #seed: number;
  readonly #first: number;
  readonly #limits: Limits;
  readonly #now: () => number;
  #next: number;
  #spentMs = 0;
  #batch: { readonly number: number; readonly material: Material } | undefined;

  /** The first input has the number `from`; `now` is the time in milliseconds. */
  constructor(
    target: FuzzTarget,
    seed: number,
    from: number,
    limits = LIMITS,
    now = (): number => performance.now(),
  ) {
    this.target = target;
    this.#seed = seed;
    this.#first = from;
    this.#limits = limits;
    this.#next = from;
    this.#now = now;
  }

  /** How many inputs there were. */
  get count(): number {
    return this.#next - this.#first;
  }

  /** How long they took, in milliseconds. */
  get spentMs(): number {
    return this.#spentMs;
  }

  /** Sends inputs until there were so many in all or so much time went by; returns the first that was found, if one was. */
  async run(inputs: number, forMs: number): Promise<FoundInput | undefined> {
    const startMs = this.#now();
    const untilMs = startMs + forMs;
    try {
      while (this.count < inputs && this.#now() < untilMs) {
        const burst = withoutTraces(() =>
          guarded(() => this.#burst(inputs, untilMs), this.#limits.hangingMs),
        );
        const found = burst.kind === 'done' ? await this.#judged(burst.value) : await this.#hanging();
        if (found !== undefined) return found;
      }
      return undefined;
    } finally {
      this.#spentMs += this.#now() - startMs;
    }
  }

  #burst(inputs: number, untilMs: number): Burst {
    let nowMs = this.#now();
    for (let sent = 0; sent < BURST && this.count < inputs && nowMs < untilMs; sent++) {
      const trial = this.#trial(this.#next++);
      try {
        const checked = trial.check();
        if (checked !== undefined) return { kind: 'pending', trial, checked };
      } catch (error) {
        return { kind: 'failed', trial, failure: errorOf(error) };
      }
      const startMs = nowMs;
      nowMs = this.#now();
      if (nowMs - startMs > this.#limits.slowMs) return { kind: 'slow', trial };
    }
    return { kind: 'passed' };
  }

  async #judged(burst: Burst): Promise<FoundInput | undefined> {
    switch (burst.kind) {
      case 'passed':
        return undefined;
      case 'failed':
        return this.#found(burst.trial, burst.failure);
      case 'slow':
        // The machine may have been busy with something else.
        return this.#judgedAlone(burst.trial);
      case 'pending':
        try {
          await burst.checked;
          return undefined;
        } catch (error) {
          return await this.#found(burst.trial, errorOf(error));
        }
    }
  }

  /** The last input seems to hang; it may only have come behind many that took long. */
  #hanging(): Promise<FoundInput | undefined> {
    return this.#judgedAlone(this.#trial(this.#next - 1));
  }

  async #judgedAlone(trial: Trial): Promise<FoundInput | undefined> {
    await failureOf(trial, this.#limits);
    const failure = await failureOf(trial, this.#limits);
    return failure === undefined ? undefined : this.#found(trial, failure);
  }

  #trial(input: number): Trial {
    const { name, batch } = this.target;
    const number = Math.floor(input / batch);
    if (this.#batch?.number !== number) {
      const material = materialOf(new Random(this.#seed, name, 'material', number).u32());
      this.#batch = { number, material };
    }
    try {
      return this.target.trial(new Random(this.#seed, name, input), this.#batch.material);
    } catch (error) {
      return unmade(errorOf(error));
    }
  }

  async #found(trial: Trial, failure: Error): Promise<FoundInput> {
    const input = this.#next - 1;
    const again = (await failureOf(trial, this.#limits)) ?? failure; // now with a trace
    const least = await reduced({ trial, failure: again }, this.#limits);
    return { target: this.target.name, input, failure: least.failure, lines: least.trial.show() };
  }
}

/** Making an input uses what is tried as well, and may be what goes wrong. */
function unmade(failure: Error): Trial {
  return {
    check: () => {
      throw failure;
    },
    smaller: () => [],
    show: () => ['none: making it failed'],
  };
}

/** Most inputs break a rule and are told so by an error, and where it was thrown takes longer to say than to find out. */
function withoutTraces<Value>(call: () => Value): Value {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return call();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
