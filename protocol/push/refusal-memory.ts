import type { Name } from '../wire/name.ts';
import { Deadlines } from './deadlines.ts';
import type { Refusal } from './refusal.ts';

/**
 * Until when which SUBSCRIBEs must wait, by the error responses of one server. NOTAUTH holds back the names of the zone
 * that the refused name lies in; any other error holds back all of them (RFC 8765 §6.2.2). Subscriptions that are live go on.
 */
export class RefusalMemory {
  #serverUntilMs = -Infinity;
  readonly #zonesUntilMs = new Map<string, number>();
  /** The same by when; a server may refuse thousands of names at once. */
  readonly #wearingOff = new Deadlines<string>();

  /** The server declined a SUBSCRIBE for a name in `zone`; the name itself where its zone is not certain. */
  refused(refusal: Refusal, zone: Name, nowMs: number): void {
    const untilMs = nowMs + refusal.delayMs;
    if (refusal.scope === 'server') {
      this.#serverUntilMs = Math.max(this.#serverUntilMs, untilMs);
      return;
    }
    for (const key of this.#wearingOff.take(nowMs)) {
      if ((this.#zonesUntilMs.get(key) ?? Infinity) <= nowMs) this.#zonesUntilMs.delete(key);
    }
    this.#zonesUntilMs.set(zone.key, Math.max(this.#zonesUntilMs.get(zone.key) ?? -Infinity, untilMs));
    this.#wearingOff.set(zone.key, untilMs);
  }

  /** A person asked for another try: what was declined so far no longer counts. */
  forgive(): void {
    this.#serverUntilMs = -Infinity;
    this.#zonesUntilMs.clear();
  }

  /** When the server may be asked again for a name in `zone`: `nowMs` when at once. */
  mayAskAtMs(zone: Name, nowMs: number): number {
    return Math.max(nowMs, this.#serverUntilMs, this.#zonesUntilMs.get(zone.key) ?? -Infinity);
  }
}
