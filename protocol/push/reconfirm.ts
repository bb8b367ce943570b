import type { DoubtedRecord } from './tlvs.ts';
import { recordKey } from '../wire/record.ts';

/** A record that was doubted is not doubted again within this; RFC 8765 §6.5 leaves it to the client. */
const RECONFIRM_INTERVAL_MS = 60_000;

/**
 * When one server may be asked to reconfirm a record (RFC 8765 §6.5): each record once a minute at most, and nothing any more
 * once the server has answered one. A RECONFIRM has no MESSAGE ID, so its answer has none either, and ends the session (RFC
 * 8490 §5.4.1): Apple's server does it, and would have every client come back only to be cut off again.
 */
export class ReconfirmPolicy {
  readonly #sentMs = new Map<string, number>();
  #isOff = false;

  /** Whether this server gets no RECONFIRMs any more. */
  get isOff(): boolean {
    return this.#isOff;
  }

  /** Whether a RECONFIRM may be sent now; if so it counts as sent. */
  take(record: DoubtedRecord, nowMs: number): boolean {
    if (this.#isOff) return false;
    for (const [key, sentMs] of this.#sentMs)
      if (sentMs + RECONFIRM_INTERVAL_MS <= nowMs) this.#sentMs.delete(key);
    const key = recordKey({ ...record, ttlSeconds: 0 });
    if (this.#sentMs.has(key)) return false;
    this.#sentMs.set(key, nowMs);
    return true;
  }

  /** The server answered a RECONFIRM (`PushClient.wasReconfirmAnswered`). */
  answered(): void {
    this.#isOff = true;
    this.#sentMs.clear();
  }
}
