import type { ServiceRow } from '../contract/api.ts';
import type { RememberedDomain } from '../contract/remembered.ts';
import type { FollowedTypes } from '../../protocol/dnssd/type-list.ts';
import { isFollowed, isWider } from './followed-types.ts';
import { Recall } from './recall.ts';
import type { Remembered } from './remembered-services.ts';
import { RememberedServices } from './remembered-services.ts';
import type { ShownDependencies } from './shown-dependencies.ts';

/** What a domain that settles is held against: what was shown before, and since when that may have changed. */
interface Settled {
  readonly remembered: RememberedServices | undefined;
  readonly sinceMs: number | null;
}

/**
 * What was shown of a domain before, in an earlier run, until it was lost, or until its type was followed no longer, and stays
 * until it is certain what has become of it.
 */
export class ShownBefore {
  readonly #dependencies: ShownDependencies;
  #remembered: RememberedServices | undefined;
  #recall: Recall | undefined;
  #asOfMs: number | null = null;
  /** The types of which services are followed. */
  #types: FollowedTypes = 'everything';

  constructor(dependencies: ShownDependencies) {
    this.#dependencies = dependencies;
  }

  /** As of when it was shown, in milliseconds since the epoch; null while everything is certain. */
  get asOfMs(): number | null {
    return this.#asOfMs;
  }

  /** How many of it no records make. */
  get unbacked(): number {
    return this.#remembered?.unbacked ?? 0;
  }

  /** All of it, as last shown. */
  get rows(): readonly ServiceRow[] {
    return this.#remembered?.rows ?? [];
  }

  get(id: string): Remembered | undefined {
    return this.#remembered?.get(id);
  }

  /** From now on records make it, or no longer do. */
  back(remembered: Remembered, isBacked: boolean): void {
    this.#remembered?.back(remembered, isBacked);
  }

  delete(id: string): void {
    this.#remembered?.delete(id);
  }

  /** Shows what was kept in an earlier run, by and by; false where nothing was. */
  recall(): boolean {
    const { clock, memory, publisher, recalled } = this.#dependencies;
    const kept = memory?.recall();
    if (kept === undefined) return false;
    const remembered = new RememberedServices();
    this.#remembered = remembered;
    this.#asOfMs = kept.asOfMs;
    const show = (row: ServiceRow): void => {
      remembered.add(row, true, false);
      publisher.put('services', row);
    };
    this.#recall = new Recall(clock, kept.pieces, (rows) => rows.forEach(show), recalled);
    return true;
  }

  /** Shows at once what is left of that. */
  finishRecall(): void {
    this.#recall?.finish();
  }

  /** Remembers these as they are shown now; what is remembered already is as it was last shown. `wasSettled`: they were certain. */
  remember(rows: readonly ServiceRow[], wasSettled: boolean): void {
    this.#asOfMs ??= this.#dependencies.clock.wallMs();
    if (!this.#dependencies.keepsMemory) return;
    this.#remembered ??= new RememberedServices();
    for (const row of rows) this.#remembered.add(row, wasSettled, true);
  }

  /** Whether a service is of a type that is followed. */
  isFollowed(service: Pick<ServiceRow, 'type'>): boolean {
    return isFollowed(this.#types, service);
  }

  /** Only services of these types are followed from now on; true if some are now that were not before. */
  narrow(types: FollowedTypes): boolean {
    const before = this.#types;
    this.#types = types;
    return isWider(types, before);
  }

  /** It is certain what is there of the types that are followed; of the others what was shown before stays. */
  settle(): Settled {
    const settled = { remembered: this.#remembered, sinceMs: this.#asOfMs };
    this.#remembered = this.#remembered?.split((row) => !this.isFollowed(row));
    if (this.#remembered === undefined) this.#asOfMs = null;
    return settled;
  }

  /** What is to be kept for the next run, where these are certain; undefined where nothing is or ever was. */
  kept(certain: readonly ServiceRow[] | undefined): RememberedDomain | undefined {
    this.#recall?.finish();
    if (certain === undefined && this.#remembered === undefined) return undefined;
    const services = certain?.filter(({ id }) => this.get(id) === undefined) ?? [];
    const asOfMs = this.#asOfMs ?? this.#dependencies.clock.wallMs();
    return { asOfMs, services: [...this.rows, ...services] };
  }

  /** Lets go of it, and of what waits. */
  close(): void {
    this.#recall?.cancel();
    this.#remembered = undefined;
  }
}
