/** A measurement under way. */
interface Measurement {
  left: number;
  /** When the first octet came; undefined before. */
  startMs: number | undefined;
  readonly finish: () => void;
  readonly done: (tookMs: number) => void;
}

/** Measures how long a known number of octets takes to be worked off, from the first of them. */
export class OctetMeter {
  /** When the connection became secure; whoever owns it says so. */
  secureMs = NaN;
  #measurement: Measurement | undefined;

  /** Calls `request`, which makes the octets come, and `finish` when the last were worked off; resolves with the milliseconds. */
  measure(octets: number, request: () => void, finish: () => void): Promise<number> {
    return new Promise((done) => {
      this.#measurement = { left: octets, startMs: undefined, finish, done };
      request();
    });
  }

  /** Octets came; `work` is what is done with them. */
  pass(octets: number, work: () => void): void {
    const measurement = this.#measurement;
    if (measurement !== undefined) measurement.startMs ??= performance.now();
    work();
    if (measurement?.startMs === undefined) return;
    measurement.left -= octets;
    if (measurement.left > 0) return;
    measurement.finish();
    this.#measurement = undefined;
    measurement.done(performance.now() - measurement.startMs);
  }
}
