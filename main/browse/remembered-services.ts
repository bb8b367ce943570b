import type { ServiceRow } from '../contract/api.ts';
import { changedFields } from './row-differences.ts';
import { completedRow } from './rows.ts';

/** A service of which it is not certain that it is still there. */
export interface Remembered {
  /** As it was when its domain was lost; undefined for one that came since. */
  readonly first: ServiceRow | undefined;
  /** As last shown. */
  last: ServiceRow;
  /** Whether that says something that its records do not say yet. */
  isCompleted: boolean;
  /** Whether its records make it. */
  isBacked: boolean;
}

/**
 * Shows a service anew that is remembered: what its records do not say yet is as it was. `row` is what they say, `nowMs` in
 * milliseconds since the epoch.
 */
export function completed(remembered: Remembered, row: ServiceRow, nowMs: number): ServiceRow {
  const last = completedRow(row, remembered.last);
  const hasChanged = changedFields(remembered.last, last).length > 0;
  remembered.isCompleted = last !== row;
  remembered.last = hasChanged ? { ...last, changedMs: nowMs } : last;
  return remembered.last;
}

/** What was shown of a domain when it was lost, and has been since, by the ids of the rows. */
export class RememberedServices {
  readonly #all = new Map<string, Remembered>();
  #unbacked = 0;

  /** How many of them no records make. */
  get unbacked(): number {
    return this.#unbacked;
  }

  /** All of them, each with the id of its row. */
  get all(): Iterable<readonly [id: string, remembered: Remembered]> {
    return this.#all;
  }

  /** All as last shown. */
  get rows(): readonly ServiceRow[] {
    return Array.from(this.#all.values(), ({ last }) => last);
  }

  get(id: string): Remembered | undefined {
    return this.#all.get(id);
  }

  /** Remembers a service that is shown, unless it is remembered. `isFirst`: its domain was lost just now. */
  add(row: ServiceRow, isFirst: boolean, isBacked: boolean): void {
    if (this.#all.has(row.id)) return;
    this.#all.set(row.id, { first: isFirst ? row : undefined, last: row, isCompleted: false, isBacked });
    if (!isBacked) this.#unbacked += 1;
  }

  /** From now on records make it, or no longer do. */
  back(remembered: Remembered, isBacked: boolean): void {
    if (remembered.isBacked === isBacked) return;
    remembered.isBacked = isBacked;
    this.#unbacked += isBacked ? -1 : 1;
  }

  /** Parts with those of which this holds; undefined where there are none. */
  split(isApart: (row: ServiceRow) => boolean): RememberedServices | undefined {
    const apart = new RememberedServices();
    for (const [id, remembered] of this.#all) {
      if (!isApart(remembered.last)) continue;
      apart.#all.set(id, remembered);
      if (!remembered.isBacked) apart.#unbacked += 1;
      this.delete(id);
    }
    return apart.#all.size === 0 ? undefined : apart;
  }

  delete(id: string): void {
    const remembered = this.#all.get(id);
    if (remembered === undefined) return;
    if (!remembered.isBacked) this.#unbacked -= 1;
    this.#all.delete(id);
  }
}
