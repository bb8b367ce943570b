/** The time and the one way to wait for it. Everything in `main/` that waits takes one, so that tests own the time. */
export interface Clock {
  /** Milliseconds since some moment in the past; never goes back, and may stand still while the machine sleeps. */
  nowMs(): number;
  /** Milliseconds since 1970-01-01 UTC; goes on while the machine sleeps, and jumps when somebody sets it. */
  wallMs(): number;
  /**
   * Calls back once `nowMs()` has reached the deadline, never before and never within this call. A deadline of
   * `Infinity` does not come. Returns the way to call it off, which may be used twice.
   */
  at(deadlineMs: number, callback: () => void): () => void;
}

/** Node fires a longer timer at once; DSO times reach 2^32 - 2 ms (RFC 8490 §6.4.2). */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The machine's own clock. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  wallMs: () => Date.now(),
  at: (deadlineMs, callback) => waitUntil(deadlineMs, callback),
};

/** Guards against a deadline that is no number: a timer would take it for "at once". */
export function checkedDeadline(deadlineMs: number): number {
  if (Number.isNaN(deadlineMs)) throw new TypeError('a deadline must be a number of milliseconds');
  return deadlineMs;
}

function waitUntil(deadlineMs: number, callback: () => void): () => void {
  if (checkedDeadline(deadlineMs) === Infinity) return () => undefined;
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    // Rounded up, and looked at again: Node may fire a timer a fraction of a millisecond early.
    const leftMs = Math.ceil(deadlineMs - performance.now());
    timer = setTimeout(wake, Math.min(Math.max(leftMs, 0), MAX_TIMER_MS));
  };
  const wake = (): void => {
    if (performance.now() < deadlineMs) wait();
    else callback();
  };
  wait();
  return () => clearTimeout(timer);
}
