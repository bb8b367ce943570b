import { SETTLE_LIMIT_MS, SETTLE_QUIET_MS } from '../../protocol/push/zone-owner.ts';
import { unreachable } from '../../protocol/errors.ts';

type Phase =
  | { readonly kind: 'uncovered' }
  | { readonly kind: 'resyncing'; readonly coveredMs: number; quietMs: number }
  | { readonly kind: 'settled' };

/**
 * When a domain that is followed anew has told all it has. Nothing marks that (RFC 8765 §6.3), so it is taken to have when
 * it was quiet for 2 s, and none of what was asked is still unanswered; after 10 s in any case.
 */
export class Settling {
  #phase: Phase = { kind: 'uncovered' };

  /** Whether what is shown is what the domain has. */
  get isSettled(): boolean {
    return this.#phase.kind === 'settled';
  }

  /** Whether the domain is followed now. */
  get isCovered(): boolean {
    return this.#phase.kind !== 'uncovered';
  }

  /** When `tick` may have something to do, in the caller's milliseconds; undefined while nothing is awaited. */
  get deadlineMs(): number | undefined {
    if (this.#phase.kind !== 'resyncing') return undefined;
    const { coveredMs, quietMs } = this.#phase;
    return Math.min(quietMs + SETTLE_QUIET_MS, coveredMs + SETTLE_LIMIT_MS);
  }

  /** The domain is followed from now on. */
  cover(nowMs: number): void {
    this.#phase = { kind: 'resyncing', coveredMs: nowMs, quietMs: nowMs };
  }

  /** It no longer is. */
  lose(): void {
    this.#phase = { kind: 'uncovered' };
  }

  /** Something came of it. */
  stir(nowMs: number): void {
    if (this.#phase.kind === 'resyncing') this.#phase.quietMs = nowMs;
  }

  /** Whether it has settled just now; `isAwaiting` says whether something asked is unanswered. */
  tick(nowMs: number, isAwaiting: () => boolean): boolean {
    switch (this.#phase.kind) {
      case 'uncovered':
      case 'settled':
        return false;
      case 'resyncing': {
        if (nowMs < this.deadlineMs!) return false;
        if (nowMs < this.#phase.coveredMs + SETTLE_LIMIT_MS && isAwaiting()) {
          this.#phase.quietMs = nowMs;
          return false;
        }
        this.#phase = { kind: 'settled' };
        return true;
      }
      default:
        return unreachable(this.#phase);
    }
  }
}
