/** How long something took: in all, and of the processor. */
export interface Taken {
  readonly tookMs: number;
  readonly processorMs: number;
}

/** A measurement under way. */
interface Measurement {
  left: number;
  /** When the first octet came; undefined before. */
  start: { readonly ms: number; readonly cpu: NodeJS.CpuUsage } | undefined;
  readonly finish: () => void;
  readonly done: (taken: Taken) => void;
}

/** Measures how long a known number of octets takes to be worked off, from the first of them. */
export class OctetMeter {
  /** When the connection became secure; whoever owns it says so. */
  secureMs = NaN;
  #measurement: Measurement | undefined;

  /** Calls `request`, which makes the octets come, and `finish` when the last were worked off. */
  measure(octets: number, request: () => void, finish: () => void): Promise<Taken> {
    return new Promise((done) => {
      this.#measurement = { left: octets, start: undefined, finish, done };
      request();
    });
  }

  /** Octets came; `work` is what is done with them. */
  pass(octets: number, work: () => void): void {
    const measurement = this.#measurement;
    if (measurement !== undefined) measurement.start ??= { ms: performance.now(), cpu: process.cpuUsage() };
    work();
    if (measurement?.start === undefined) return;
    measurement.left -= octets;
    if (measurement.left > 0) return;
    measurement.finish();
    this.#measurement = undefined;
    const { user, system } = process.cpuUsage(measurement.start.cpu); // microseconds
    measurement.done({
      tookMs: performance.now() - measurement.start.ms,
      processorMs: (user + system) / 1000,
    });
  }
}
