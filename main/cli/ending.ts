import { systemClock } from '../net/clock.ts';

/** The one end of a run, whoever calls for it first. */
export class Ending {
  readonly #ended: Promise<number>;
  #end: (status: number) => void = () => undefined;

  constructor() {
    this.#ended = new Promise((resolve) => (this.#end = resolve));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => this.end(0));
    // Whoever reads the lines has gone: there is nobody to tell anything.
    process.stdout.on('error', () => this.end(0));
  }

  /** Calls for the end; the first call decides the status. */
  end(status: number): void {
    this.#end(status);
  }

  /** Resolves with the exit status: when somebody called for the end, or after `forMs`, 1 if nothing was reached by then. */
  after(forMs: number, wasReached: () => boolean): Promise<number> {
    const cancel = systemClock.at(systemClock.nowMs() + forMs, () => this.end(wasReached() ? 0 : 1));
    return this.#ended.finally(cancel);
  }
}

/** Whoever reads our lines may go away (`| head`): what is written after that is lost and no fault. */
export function toleratesClosedOutput(): void {
  process.stdout.on('error', () => undefined);
}
