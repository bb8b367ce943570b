import type { ServiceRow } from '../contract/api.ts';
import type { Clock } from '../net/clock.ts';
import type { Service } from '../../protocol/dnssd/service.ts';
import { isSameService } from '../../protocol/dnssd/service.ts';
import type { Name } from '../../protocol/wire/name.ts';
import type { Publisher } from './publisher.ts';
import { changedFields } from './row-differences.ts';
import { completedRow, serviceId, serviceRow } from './rows.ts';
import { Settling } from './settling.ts';

/** A service that the records of its domain make. */
interface Backed {
  readonly id: string;
  readonly sinceMs: number;
  changedMs: number;
  /** As last put; undefined only before the first time. */
  service: Service | undefined;
  isLive: boolean;
}

/** A service that was shown when its domain was lost, or has been since. */
interface Remembered {
  /** As last shown. */
  last: ServiceRow;
  /** Whether that says something that its records do not say yet. */
  isCompleted: boolean;
}

/** What the row of a domain says of its services. */
export interface ShownSummary {
  readonly services: number;
  readonly unconfirmed: number;
  readonly asOfMs: number | null;
  readonly settledMs: number | null;
}

/** What the services of one domain are shown with. */
export interface ShownDependencies {
  readonly clock: Clock;
  readonly publisher: Publisher;
  /**
   * Whether what was shown stays, and says what it is, until the domain has settled again, whatever becomes of its records
   * meanwhile. A window wants that; a command line tells of records as they come and go.
   */
  readonly keepsMemory: boolean;
  /** How what is known of a service came. */
  readonly viaOf: (service: Service) => ServiceRow['via'];
}

/**
 * The services of one domain as they are shown: what its records make, and, from the moment it is lost until it has settled
 * again, what was shown before, so that nothing flickers. What somebody vouches for is live, and nothing else.
 */
export class ShownServices {
  readonly #domain: string;
  readonly #dependencies: ShownDependencies;
  readonly #settling = new Settling();
  /** What the records make, by the key of its name. */
  readonly #backed = new Map<string, Backed>();
  /** What was shown besides, by the id of its row; undefined when the domain has settled. */
  #remembered: Map<string, Remembered> | undefined;
  /** How many of the remembered no records make, and how many others nobody vouches for. */
  #unbacked = 0;
  #doubtful = 0;
  #asOfMs: number | null = null;
  #settledMs: number | null = null;

  /** `domain` is the id of its row. */
  constructor(domain: string, dependencies: ShownDependencies) {
    this.#domain = domain;
    this.#dependencies = dependencies;
  }

  get summary(): ShownSummary {
    return {
      services: this.#backed.size + this.#unbacked,
      unconfirmed: this.#doubtful + this.#unbacked,
      asOfMs: this.#asOfMs,
      settledMs: this.#settledMs,
    };
  }

  /** The name of the service with this row, while the records make it. */
  nameOf(serviceId: string): Name | undefined {
    for (const { id, service } of this.#backed.values()) if (id === serviceId) return service?.name;
    return undefined;
  }

  /** When `tick` may have something to do; undefined while nothing is awaited. */
  get deadlineMs(): number | undefined {
    return this.#settling.deadlineMs;
  }

  /** Whether the domain is followed now. */
  get isCovered(): boolean {
    return this.#settling.isCovered;
  }

  /** The domain is followed from now on, or followed anew in another way. */
  covered(): void {
    this.lost();
    this.#settling.cover(this.#dependencies.clock.nowMs());
  }

  /** It no longer is; to be called before its records fall into doubt. */
  lost(): void {
    if (!this.#settling.isCovered) return;
    this.#settling.lose();
    this.#settledMs = null;
    this.#asOfMs ??= this.#dependencies.clock.wallMs();
    if (this.#dependencies.keepsMemory) this.#remember();
  }

  /** Something came of it. */
  stirred(): void {
    this.#settling.stir(this.#dependencies.clock.nowMs());
  }

  /** The records make this service from now on. */
  put(service: Service): void {
    const nowMs = this.#dependencies.clock.wallMs();
    const shown = this.#backed.get(service.name.key) ?? this.#admit(service.name, nowMs);
    const isNews = shown.service === undefined || !isSameService(shown.service, service);
    shown.service = service;
    const remembered = this.#remembered?.get(shown.id);
    if (remembered !== undefined) {
      this.#complete(shown, service, remembered);
      return;
    }
    if (isNews) shown.changedMs = nowMs;
    this.#stand(shown, service.isVouched);
    this.#publish(shown, service);
  }

  /** What is known of one service, or of all, came in another way than before. */
  restate(name?: Name): void {
    const own = name === undefined ? undefined : this.#backed.get(name.key);
    for (const shown of name === undefined ? this.#backed.values() : own === undefined ? [] : [own]) {
      const remembered = this.#remembered?.get(shown.id);
      if (remembered === undefined) this.#publish(shown, shown.service!);
      else this.#complete(shown, shown.service!, remembered);
    }
  }

  /** The records no longer make it. It is gone for certain if somebody vouched for it to the last. */
  drop({ key }: Name): void {
    const shown = this.#backed.get(key);
    if (shown === undefined) return;
    const isGone = shown.isLive && this.#settling.isCovered;
    this.#stand(shown, true);
    this.#backed.delete(key);
    const remembered = this.#remembered?.get(shown.id);
    if (remembered === undefined || isGone) {
      this.#remembered?.delete(shown.id);
      this.#dependencies.publisher.drop('services', shown.id);
      return;
    }
    this.#unbacked += 1;
    remembered.last = { ...remembered.last, standing: 'cached' };
    this.#dependencies.publisher.put('services', remembered.last);
  }

  /**
   * Does what is due, and says whether that was something. When the domain has settled, what was only remembered goes.
   * `isAwaiting` says whether something that was asked is unanswered.
   */
  tick(isAwaiting: () => boolean): boolean {
    const { clock, publisher } = this.#dependencies;
    if (!this.#settling.tick(clock.nowMs(), isAwaiting)) return false;
    this.#settledMs = clock.wallMs();
    this.#asOfMs = null;
    const remembered = this.#remembered ?? new Map<string, Remembered>();
    this.#remembered = undefined;
    this.#unbacked = 0;
    for (const shown of this.#backed.values()) {
      const isCompleted = remembered.get(shown.id)?.isCompleted === true;
      remembered.delete(shown.id);
      if (!isCompleted) continue;
      shown.changedMs = this.#settledMs;
      this.#stand(shown, shown.service!.isVouched);
      this.#publish(shown, shown.service!);
    }
    for (const id of remembered.keys()) publisher.drop('services', id);
    return true;
  }

  /** Lets go of all rows. */
  close(): void {
    const { publisher } = this.#dependencies;
    for (const { id } of this.#backed.values()) publisher.drop('services', id);
    for (const id of this.#remembered?.keys() ?? []) publisher.drop('services', id);
    this.#backed.clear();
    this.#remembered = undefined;
  }

  /** Keeps what is shown now; what is kept already is as it was last shown. */
  #remember(): void {
    const remembered = (this.#remembered ??= new Map<string, Remembered>());
    for (const { id } of this.#backed.values()) {
      const last = this.#dependencies.publisher.get('services', id);
      if (last !== undefined && !remembered.has(id)) remembered.set(id, { last, isCompleted: false });
    }
  }

  #admit(name: Name, nowMs: number): Backed {
    const id = serviceId(this.#domain, name);
    const known = this.#remembered?.get(id)?.last;
    if (known !== undefined) this.#unbacked -= 1;
    const { sinceMs, changedMs } = known ?? { sinceMs: nowMs, changedMs: nowMs };
    const shown: Backed = { id, sinceMs, changedMs, service: undefined, isLive: true };
    this.#backed.set(name.key, shown);
    return shown;
  }

  /** Shows a service that was shown before: what its records do not say yet is as it was. */
  #complete(shown: Backed, service: Service, remembered: Remembered): void {
    const { clock, publisher } = this.#dependencies;
    const known = this.#row(shown, service);
    const row = completedRow(known, remembered.last);
    if (changedFields(remembered.last, row).length > 0) shown.changedMs = clock.wallMs();
    remembered.isCompleted = row !== known;
    remembered.last = { ...row, changedMs: shown.changedMs };
    this.#stand(shown, row.standing === 'live');
    publisher.put('services', remembered.last);
  }

  #stand(shown: Backed, isLive: boolean): void {
    if (shown.isLive === isLive) return;
    shown.isLive = isLive;
    this.#doubtful += isLive ? -1 : 1;
  }

  /** The row is made when it is published: one that changes faster than that is not made in vain. */
  #publish(shown: Backed, service: Service): void {
    this.#dependencies.publisher.putLater('services', shown.id, () => this.#row(shown, service));
  }

  #row({ id, sinceMs, changedMs }: Backed, service: Service): ServiceRow {
    const standing = service.isVouched ? 'live' : 'checking';
    const via = this.#dependencies.viaOf(service);
    return serviceRow(service, { id, domain: this.#domain, via, standing, sinceMs, changedMs });
  }
}
