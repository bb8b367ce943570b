import type { ServiceRow } from '../contract/api.ts';
import type { Service } from '../../protocol/dnssd/service.ts';
import { isSameService } from '../../protocol/dnssd/service.ts';
import type { FollowedTypes } from '../../protocol/dnssd/type-list.ts';
import type { Name } from '../../protocol/wire/name.ts';
import { LiveNews } from './live-news.ts';
import { completed } from './remembered-services.ts';
import { serviceId } from './rows.ts';
import { settlingNews } from './settling-news.ts';
import { AskedDetails } from './asked-details.ts';
import type { Backed } from './backed-services.ts';
import { backedRow, BackedServices, isVouched } from './backed-services.ts';
import type { ShownDependencies, ShownSummary } from './shown-dependencies.ts';
import { Settling } from './settling.ts';
import { ShownBefore } from './shown-before.ts';

/**
 * The services of one domain as they are shown: what its records make, and, from the moment it is lost until it has settled
 * again, what was shown before, so that nothing flickers. What somebody vouches for is live, and nothing else. Of a service
 * that nobody looks at, what was last known of its details stays.
 */
export class ShownServices {
  readonly #domain: string;
  readonly #dependencies: ShownDependencies;
  readonly #settling = new Settling();
  /** What the records make, by the key of its name. */
  readonly #backed = new BackedServices();
  readonly #asked = new AskedDetails();
  /** Those that only reserve their names, by the keys of these, and so are not shown, as far as anybody ever looked. */
  readonly #reserved = new Set<string>();
  readonly #before: ShownBefore;
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
    this.#before = new ShownBefore(dependencies);
    const { clock, publisher, witness } = dependencies;
    this.#news =
      witness === undefined ? undefined : new LiveNews(clock, witness, (id) => publisher.get('services', id));
  }

  get summary(): ShownSummary {
    const { asOfMs, unbacked } = this.#before;
    return {
      services: this.#backed.size + unbacked,
      unconfirmed: this.#backed.doubtful + unbacked,
      asOfMs,
      settledMs: this.#settledMs,
    };
  }

  /** The name of the service with this row, while the records make it. */
  nameOf(serviceId: string): Name | undefined {
    return this.#backed.find(serviceId)?.service?.name;
  }

  /** When `tick` may have something to do; Infinity while nothing is awaited. */
  get deadlineMs(): number {
    return Math.min(this.#settling.deadlineMs ?? Infinity, this.#asked.deadlineMs);
  }

  /** The keys of the names that are only reserved: whoever asks about nothing else of them misses that they become services. */
  get reserved(): Iterable<string> {
    return this.#reserved;
  }

  /** Whether the domain is followed now. */
  get isCovered(): boolean {
    return this.#settling.isCovered;
  }

  /** Shows what was kept of the domain in an earlier run; to be called before anything else is. */
  recall(): void {
    if (this.#before.recall()) this.#isKnown = true;
  }

  /** The domain is followed from now on, or followed anew in another way. */
  covered(): void {
    this.#before.finishRecall();
    this.lost();
    this.#settling.cover(this.#nowMs);
    this.#asked.cover(this.#nowMs);
    this.#coveredMs = this.#dependencies.clock.wallMs();
  }

  /** It no longer is; to be called before its records fall into doubt. */
  lost(): void {
    if (!this.#settling.isCovered) return;
    const wasSettled = this.#settling.isSettled;
    this.#settling.lose();
    this.#asked.lose();
    this.#settledMs = null;
    this.#news?.end();
    this.#before.remember(this.#shownRows, wasSettled);
    this.keep();
  }

  /**
   * Only services of these types are followed from now on, to be called before others are dropped: those are set aside as they
   * were last shown, until they are followed again.
   */
  narrow(types: FollowedTypes): void {
    const hasMore = this.#before.narrow(types);
    if (!this.#settling.isCovered) return;
    const aside = this.#shownRows.filter((row) => !this.#before.isFollowed(row));
    if (hasMore) this.covered();
    else if (aside.length > 0) this.#before.remember(aside, this.#settling.isSettled);
    this.keep();
  }

  /** Something came of it. */
  stirred(): void {
    this.#settling.stir(this.#nowMs);
  }

  /** The records make this service from now on. */
  put(service: Service): void {
    const { key } = service.name;
    if (!service.isLookedAt && this.#reserved.has(key)) return;
    this.#reserved.delete(key);
    const nowMs = this.#dependencies.clock.wallMs();
    const shown = this.#backed.get(key) ?? this.#admit(service, nowMs);
    const isTold = this.#asked.take(shown, service, () => this.#shownRow(shown), this.#nowMs);
    const isNew = shown.service === undefined;
    const isNews = isTold && (isNew || !isSameService(shown.service!, service));
    const isRemembered = this.#before.get(shown.id) !== undefined;
    if (isNews && !isRemembered) shown.changedMs = nowMs;
    const news = this.#settling.isSettled && !isRemembered ? this.#news : undefined;
    const before = !isTold || news === undefined || isNew ? undefined : this.#shownRow(shown);
    shown.service = service;
    this.#show(shown);
    if (isTold) news?.put(shown.id, before, shown.isLive);
    else news?.stand(shown.id, shown.isLive);
    this.keep();
  }

  /** What is known of one service, or of all, came in another way than before. */
  restate(name?: Name): void {
    for (const shown of this.#backed.named(name)) this.#show(shown);
  }

  /** The records no longer make it. It is gone for certain if somebody vouched for it to the last. */
  drop({ key }: Name): void {
    this.#reserved.delete(key);
    const shown = this.#backed.get(key);
    if (shown === undefined) return;
    const isGone = shown.isLive && this.#settling.isCovered && this.#before.isFollowed(shown.service!);
    const remembered = this.#before.get(shown.id);
    if (remembered === undefined || isGone) {
      const wasTold = remembered === undefined ? this.#settling.isSettled : remembered.first !== undefined;
      if (wasTold) this.#tellOfEnd(shown);
      this.#forget(key, shown);
      return;
    }
    this.#asked.delete(shown);
    this.#backed.delete(key);
    this.#before.back(remembered, false);
    remembered.last = { ...remembered.last, standing: 'cached' };
    this.#dependencies.publisher.put('services', remembered.last);
  }

  /** A name that is still listed is only reserved. If nobody had looked before, there never was a service, and so none left. */
  reserve(name: Name): void {
    const { key } = name;
    const shown = this.#backed.get(key);
    if (shown?.details.kind === 'watched') this.drop(name);
    else if (shown !== undefined) this.#forget(key, shown);
    this.#reserved.add(key);
  }

  #forget(key: string, shown: Backed): void {
    this.#asked.delete(shown);
    this.#backed.delete(key);
    this.#before.delete(shown.id);
    this.#dependencies.publisher.drop('services', shown.id);
    this.keep();
  }

  /**
   * Does what is due, and says whether that was something. When the domain has settled, what was only remembered goes.
   * `isAwaiting` says whether something that was asked, of all or of one service, is unanswered.
   */
  tick(isAwaiting: (service?: Service) => boolean): boolean {
    const hasSettled = this.#tickDomain(() => isAwaiting());
    const told = this.#asked.tick(this.#nowMs, isAwaiting);
    for (const shown of told) this.#show(shown);
    return hasSettled || told.length > 0;
  }

  #tickDomain(isAwaiting: () => boolean): boolean {
    const { clock, publisher } = this.#dependencies;
    if (!this.#settling.tick(clock.nowMs(), isAwaiting)) return false;
    const atMs = clock.wallMs();
    const { remembered, sinceMs } = this.#before.settle();
    this.#settledMs = atMs;
    for (const shown of this.#backed.all) {
      if (remembered?.get(shown.id)?.isCompleted !== true) continue;
      shown.changedMs = atMs;
      this.#show(shown);
    }
    for (const [id, { last, isBacked }] of remembered?.all ?? []) {
      if (isBacked) continue;
      publisher.drop('services', id);
      this.#dependencies.witness?.left(last, sinceMs);
    }
    if (remembered !== undefined && sinceMs !== null && this.#isKnown) {
      const away = { fromMs: sinceMs, untilMs: this.#coveredMs };
      this.#dependencies.witness?.told(settlingNews(remembered, this.#shownRows, { atMs, sinceMs }), away);
    }
    this.#isKnown = true;
    this.keep();
    return true;
  }

  get #nowMs(): number {
    return this.#dependencies.clock.nowMs();
  }

  /** Lets go of all rows. */
  close(): void {
    this.#news?.end();
    const rows = [...this.#shownRows, ...this.#before.rows];
    for (const { id } of rows) this.#dependencies.publisher.drop('services', id);
    this.#backed.clear();
    this.#before.close();
  }

  /**
   * What is to be kept for the next run is another one now: what is shown, or as long as that is in doubt, what was shown when
   * the domain was lost; nothing before it first settled.
   */
  keep(): void {
    this.#dependencies.memory?.changed(() =>
      this.#before.kept(this.#settledMs === null ? undefined : this.#shownRows),
    );
  }

  #admit(service: Service, nowMs: number): Backed {
    const id = serviceId(this.#domain, service.name);
    const known = this.#before.get(id);
    if (known !== undefined) this.#before.back(known, true);
    else this.#dependencies.witness?.came(id);
    return this.#backed.admit(id, service, known?.last, nowMs);
  }

  #show(shown: Backed): void {
    const service = shown.service!;
    const remembered = this.#before.get(shown.id);
    if (remembered !== undefined) {
      const row = completed(remembered, this.#row(shown, service), this.#dependencies.clock.wallMs());
      shown.changedMs = row.changedMs;
      this.#backed.stand(shown, row.standing === 'live');
      this.#dependencies.publisher.put('services', row);
      return;
    }
    this.#backed.stand(shown, isVouched(shown, service));
    // The row is made when it is published: one that changes faster than that is not made in vain.
    this.#dependencies.publisher.putLater('services', shown.id, () => this.#row(shown, service));
  }

  #tellOfEnd(shown: Backed): void {
    const row = this.#shownRow(shown);
    this.#news?.left(row);
    const sinceMs = row.standing === 'live' ? null : (this.#settledMs ?? this.#before.asOfMs);
    this.#dependencies.witness?.left(row, sinceMs);
  }

  #shownRow({ id }: Backed): ServiceRow {
    return this.#dependencies.publisher.get('services', id)!;
  }

  get #shownRows(): readonly ServiceRow[] {
    return Array.from(this.#backed.all, (shown) => this.#shownRow(shown));
  }

  #row(shown: Backed, service: Service): ServiceRow {
    return backedRow(shown, service, { domain: this.#domain, via: this.#dependencies.viaOf(service) });
  }
}
