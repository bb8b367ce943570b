import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Watches how long this process does nothing but one thing. */
export class BlockWatch {
  readonly #delays = monitorEventLoopDelay({ resolution: 1 });

  constructor() {
    this.#delays.enable();
  }

  /** The longest time in milliseconds that a timer due had to wait since the start; ends the watch. */
  end(): number {
    this.#delays.disable();
    return this.#delays.max / 1e6;
  }
}
