import type { ServiceRow } from '../contract/api.ts';
import type { RememberedDomain } from '../contract/remembered.ts';
import type { Service } from '../../protocol/dnssd/service.ts';
import { isSameService } from '../../protocol/dnssd/service.ts';
import type { Name } from '../../protocol/wire/name.ts';
import { LiveNews } from './live-news.ts';
import { Recall } from './recall.ts';
import type { Remembered } from './remembered-services.ts';
import { RememberedServices } from './remembered-services.ts';
import { changedFields } from './row-differences.ts';
import { completedRow, serviceId, serviceRow } from './rows.ts';
import { settlingNews } from './settling-news.ts';
import type { ShownDependencies, ShownSummary } from './shown-dependencies.ts';
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
  /** What was shown before; undefined when the domain has settled. */
  #remembered: RememberedServices | undefined;
  /** What an earlier run left, which is shown piece by piece. */
  #recall: Recall | undefined;
  /** How many of what the records make nobody vouches for. */
  #doubtful = 0;
  #asOfMs: number | null = null;
  /** When it was last followed anew. */
  #coveredMs = 0;
  /** Whether it ever settled, in this run or an earlier one: what happens before is no news. */
  #isKnown = false;
  readonly #news: LiveNews | undefined;
  #settledMs: number | null = null;

  /** `domain` is the id of its row. */
  constructor(domain: string, dependencies: ShownDependencies) {
    this.#domain = domain;
    this.#dependencies = dependencies;
    const { clock, publisher, witness } = dependencies;
    this.#news =
      witness === undefined ? undefined : new LiveNews(clock, witness, (id) => publisher.get('services', id));
  }

  get summary(): ShownSummary {
    const unbacked = this.#remembered?.unbacked ?? 0;
    return {
      services: this.#backed.size + unbacked,
      unconfirmed: this.#doubtful + unbacked,
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

  /** Shows what was kept of the domain in an earlier run; to be called before anything else is. */
  recall(): void {
    const { clock, memory, publisher, recalled } = this.#dependencies;
    const kept = memory?.recall();
    if (kept === undefined) return;
    const remembered = new RememberedServices();
    this.#remembered = remembered;
    this.#isKnown = true;
    this.#asOfMs = kept.asOfMs;
    const show = (row: ServiceRow): void => {
      remembered.add(row, true, false);
      publisher.put('services', row);
    };
    this.#recall = new Recall(clock, kept.pieces, (rows) => rows.forEach(show), recalled);
  }

  /** The domain is followed from now on, or followed anew in another way. */
  covered(): void {
    this.#recall?.finish();
    this.lost();
    this.#settling.cover(this.#dependencies.clock.nowMs());
    this.#coveredMs = this.#dependencies.clock.wallMs();
  }

  /** It no longer is; to be called before its records fall into doubt. */
  lost(): void {
    if (!this.#settling.isCovered) return;
    const wasSettled = this.#settling.isSettled;
    this.#settling.lose();
    this.#settledMs = null;
    this.#news?.end();
    this.#asOfMs ??= this.#dependencies.clock.wallMs();
    if (this.#dependencies.keepsMemory) this.#remember(wasSettled);
    this.keep();
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
    const remembered = this.#remembered?.get(shown.id);
    if (remembered !== undefined) {
      shown.service = service;
      this.#complete(shown, service, remembered);
      return;
    }
    if (isNews) shown.changedMs = nowMs;
    const news = this.#settling.isSettled ? this.#news : undefined;
    const before = news === undefined || shown.service === undefined ? undefined : this.#shownRow(shown);
    shown.service = service;
    this.#stand(shown, service.isVouched);
    this.#publish(shown, service);
    news?.put(shown.id, before, shown.isLive);
    this.keep();
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
    const remembered = this.#remembered?.get(shown.id);
    this.#stand(shown, true);
    this.#backed.delete(key);
    if (remembered === undefined || isGone) {
      const wasTold = remembered === undefined ? this.#settling.isSettled : remembered.first !== undefined;
      if (wasTold) this.#tellOfEnd(shown);
      this.#remembered?.delete(shown.id);
      this.#dependencies.publisher.drop('services', shown.id);
      this.keep();
      return;
    }
    this.#remembered!.back(remembered, false);
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
    const atMs = clock.wallMs();
    const sinceMs = this.#asOfMs;
    const remembered = this.#remembered;
    this.#settledMs = atMs;
    this.#asOfMs = null;
    this.#remembered = undefined;
    for (const shown of this.#backed.values()) {
      if (remembered?.get(shown.id)?.isCompleted !== true) continue;
      shown.changedMs = atMs;
      this.#stand(shown, shown.service!.isVouched);
      this.#publish(shown, shown.service!);
    }
    for (const [id, { last, isBacked }] of remembered?.all ?? []) {
      if (isBacked) continue;
      publisher.drop('services', id);
      this.#dependencies.witness?.left(last, sinceMs);
    }
    if (remembered !== undefined && sinceMs !== null && this.#isKnown) {
      const rows = Array.from(this.#backed.values(), (shown) => this.#shownRow(shown));
      const away = { fromMs: sinceMs, untilMs: this.#coveredMs };
      this.#dependencies.witness?.told(settlingNews(remembered, rows, { atMs, sinceMs }), away);
    }
    this.#isKnown = true;
    this.keep();
    return true;
  }

  /** Lets go of all rows. */
  close(): void {
    const { publisher } = this.#dependencies;
    this.#news?.end();
    this.#recall?.cancel();
    for (const { id } of this.#backed.values()) publisher.drop('services', id);
    for (const [id] of this.#remembered?.all ?? []) publisher.drop('services', id);
    this.#backed.clear();
    this.#remembered = undefined;
  }

  /** Remembers what is shown now; what is remembered already is as it was last shown. */
  #remember(wasSettled: boolean): void {
    this.#remembered ??= new RememberedServices();
    for (const shown of this.#backed.values()) this.#remembered.add(this.#shownRow(shown), wasSettled, true);
  }

  /** What is to be kept for the next run is another one now. */
  keep(): void {
    this.#dependencies.memory?.changed(() => this.#kept());
  }

  /** What is shown, or as long as that is in doubt, what was shown when the domain was lost; nothing before it first settled. */
  #kept(): RememberedDomain | undefined {
    this.#recall?.finish();
    if (this.#remembered !== undefined && this.#asOfMs !== null) {
      return { asOfMs: this.#asOfMs, services: Array.from(this.#remembered.all, ([, { last }]) => last) };
    }
    if (this.#settledMs === null) return undefined;
    const services = Array.from(this.#backed.values(), (shown) => this.#shownRow(shown));
    return { asOfMs: this.#dependencies.clock.wallMs(), services };
  }

  #admit(name: Name, nowMs: number): Backed {
    const id = serviceId(this.#domain, name);
    const known = this.#remembered?.get(id);
    if (known !== undefined) this.#remembered!.back(known, true);
    else this.#dependencies.witness?.came(id);
    const { sinceMs, changedMs } = known?.last ?? { sinceMs: nowMs, changedMs: nowMs };
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

  #tellOfEnd(shown: Backed): void {
    const row = this.#shownRow(shown);
    this.#news?.left(row);
    const isCertain = row.standing === 'live';
    this.#dependencies.witness?.left(row, isCertain ? null : (this.#settledMs ?? this.#asOfMs));
  }

  #shownRow({ id }: Backed): ServiceRow {
    return this.#dependencies.publisher.get('services', id)!;
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
