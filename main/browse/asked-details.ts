import type { ServiceRow } from '../contract/api.ts';
import type { Service } from '../../protocol/dnssd/service.ts';
import type { Backed } from './backed-services.ts';
import { WATCHED } from './backed-services.ts';
import { Settling } from './settling.ts';

/**
 * The services that somebody has begun to look at and whose details are not all told yet. Nothing marks the end of what a
 * server tells (RFC 8765 §6.3), so what it leaves out is awaited for as long as a domain is that is followed anew.
 */
export class AskedDetails {
  readonly #asked = new Map<Backed, Settling>();
  #isCovered = false;

  /** When `tick` may have something to do, in the clock's milliseconds. */
  get deadlineMs(): number {
    let deadlineMs = Infinity;
    for (const { deadlineMs: dueMs = Infinity } of this.#asked.values())
      deadlineMs = Math.min(deadlineMs, dueMs);
    return deadlineMs;
  }

  /** The domain is followed from now on. */
  cover(nowMs: number): void {
    this.#isCovered = true;
    for (const settling of this.#asked.values()) settling.cover(nowMs);
  }

  /** It no longer is, so that nothing can be told. */
  lose(): void {
    this.#isCovered = false;
    for (const settling of this.#asked.values()) settling.lose();
  }

  /**
   * A service was put: works its details out anew, and says whether how it differs from before is something that happened, and
   * not learnt by looking, or forgotten by not. `shownRow` gives it as it is shown so far.
   */
  take(shown: Backed, service: Service, shownRow: () => ServiceRow, nowMs: number): boolean {
    const wasWatched = shown.details.kind === 'watched';
    this.#take(shown, service, shownRow, nowMs);
    return shown.service === undefined || (wasWatched && shown.details.kind === 'watched');
  }

  #take(shown: Backed, service: Service, shownRow: () => ServiceRow, nowMs: number): void {
    const { details } = shown;
    if (!service.isLookedAt) {
      if (details.kind !== 'unwatched') shown.details = { kind: 'unwatched', kept: shownRow() };
      this.#asked.delete(shown);
      return;
    }
    if (details.kind === 'watched') return;
    if (service.isVouched && service.missing.length === 0) {
      shown.details = WATCHED;
      this.#asked.delete(shown);
      return;
    }
    const settling = details.kind === 'asked' ? details.settling : new Settling();
    if (details.kind === 'asked') settling.stir(nowMs);
    else if (this.#isCovered) settling.cover(nowMs);
    shown.details = { kind: 'asked', kept: details.kept, settling };
    this.#asked.set(shown, settling);
  }

  /** A service is there no longer. */
  delete(shown: Backed): void {
    this.#asked.delete(shown);
  }

  /** The services of which all is told, as far as one can say, since just now; `isAwaiting` says whether something is unanswered. */
  tick(nowMs: number, isAwaiting: (service: Service) => boolean): readonly Backed[] {
    const told: Backed[] = [];
    for (const [shown, settling] of this.#asked) {
      if (!settling.tick(nowMs, () => isAwaiting(shown.service!))) continue;
      this.#asked.delete(shown);
      shown.details = WATCHED;
      told.push(shown);
    }
    return told;
  }
}
