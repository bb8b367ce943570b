import { covers } from '../push/coverage.ts';
import { ZoneCache } from '../push/zone-cache.ts';
import type { RecordDelta } from '../wire/record-delta.ts';
import type { Question, ResourceRecord } from '../wire/record.ts';
import { questionKey, recordKey } from '../wire/record.ts';
import type { BrowserOutput, LookedAt } from '../dnssd/browser.ts';
import { DnssdBrowser } from '../dnssd/browser.ts';
import type { BrowseScope } from '../dnssd/instance-name.ts';
import type { Service } from '../dnssd/service.ts';
import type { FollowedTypes } from '../dnssd/type-list.ts';

/** A zone, a push server of it that is sometimes lost, a cache and a browser: the way of a record without the wire. */
export class ZoneSession {
  readonly zone = new Map<string, ResourceRecord>();
  readonly services = new Map<string, Service>();
  readonly wanted = new Map<string, Question>();
  readonly cache = new ZoneCache();
  readonly #browser: DnssdBrowser;
  #isUp = true;
  #nowMs = 0;

  constructor(scope: BrowseScope) {
    this.#browser = new DnssdBrowser(scope);
    this.#take(this.#browser.start());
  }

  /** A record comes into the zone or leaves it; whoever subscribes to it is told. */
  change(record: ResourceRecord, isAdded: boolean): void {
    const wasThere = this.zone.delete(recordKey(record));
    if (isAdded) this.zone.set(recordKey(record), record);
    const isTold = this.#isUp && (isAdded || wasThere);
    if (isTold) this.#apply(this.cache.apply([{ kind: isAdded ? 'add' : 'remove', record }], this.#nowMs));
  }

  /** Only these services are looked at. */
  look(at: LookedAt): void {
    this.#take(this.#browser.look(at));
  }

  /** Only instances of these types are listed. */
  list(types: FollowedTypes): void {
    this.#take(this.#browser.list(types));
  }

  /** The session is lost. */
  lose(): void {
    if (!this.#isUp) return;
    this.#isUp = false;
    for (const question of [...this.wanted.values()]) this.#apply(this.cache.uncover(question, this.#nowMs));
  }

  /** There is a new one, and all that is wanted is subscribed to again. */
  restore(): void {
    if (this.#isUp) return;
    this.#isUp = true;
    for (const question of [...this.wanted.values()]) this.#subscribe(question);
  }

  wait(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (
      let atMs = this.cache.deadlineMs;
      atMs !== undefined && atMs <= untilMs;
      atMs = this.cache.deadlineMs
    ) {
      this.#nowMs = Math.max(this.#nowMs, atMs);
      this.#apply(this.cache.tick(this.#nowMs));
    }
    this.#nowMs = untilMs;
  }

  #apply(deltas: readonly RecordDelta[]): void {
    if (deltas.length > 0) this.#take(this.#browser.apply(deltas));
  }

  #take({ put, drop, reserve, ask, unask }: BrowserOutput): void {
    for (const service of put) this.services.set(service.name.key, service);
    for (const name of [...drop, ...reserve]) this.services.delete(name.key);
    for (const question of unask) this.wanted.delete(questionKey(question));
    for (const question of ask) this.wanted.set(questionKey(question), question);
    if (!this.#isUp) return;
    for (const question of unask) this.#apply(this.cache.uncover(question, this.#nowMs));
    for (const question of ask) this.#subscribe(question);
  }

  #subscribe(question: Question): void {
    // What its own first answers lead to may have taken it back before its turn came.
    if (!this.wanted.has(questionKey(question))) return;
    this.#apply(this.cache.cover(question, this.#nowMs));
    const answers = [...this.zone.values()].filter((record) => covers(question, record));
    const changes = answers.map((record) => ({ kind: 'add', record }) as const);
    this.#apply(this.cache.apply(changes, this.#nowMs));
  }
}
