import type { ServiceRow } from '../contract/api.ts';
import type { Clock } from '../net/clock.ts';
import type { BrowserOutput, LookedAt } from '../../protocol/dnssd/browser.ts';
import { DnssdBrowser } from '../../protocol/dnssd/browser.ts';
import type { BrowseScope } from '../../protocol/dnssd/instance-name.ts';
import type { Service } from '../../protocol/dnssd/service.ts';
import type { FollowedTypes } from '../../protocol/dnssd/type-list.ts';
import type { Change } from '../../protocol/push/change.ts';
import type { Refusal } from '../../protocol/push/refusal.ts';
import { ZoneCache } from '../../protocol/push/zone-cache.ts';
import type { RecordDelta } from '../../protocol/wire/record-delta.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import { questionKey } from '../../protocol/wire/record.ts';
import { RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import type { ServiceEndpoint } from './endpoint-record.ts';
import { endpointRecord } from './endpoint-record.ts';
import type { Publisher } from './publisher.ts';
import { withinBudget } from './interest-budget.ts';
import type { ModelDependencies, ModelListener } from './model-dependencies.ts';
import { questionsOf } from './service-questions.ts';
import { ShownServices } from './shown-services.ts';

/** A question that could not be asked for want of subscriptions is asked again after this. */
const OVER_LIMIT_RETRY_MS = 60_000;

/** A question, whether anything covers it, and how its answer last came. */
interface Wanted {
  readonly question: Question;
  isCovered: boolean;
  via: ServiceRow['via'] | undefined;
}

/**
 * What is known of one domain: the records that its subscriptions cover, the services that they make, and the questions
 * that follow from them. It outlives sessions: what a new one does not announce again is dropped when it has settled.
 */
export class DomainModel {
  /** The services as they are shown. */
  readonly services: ShownServices;
  readonly #clock: Clock;
  readonly #publisher: Publisher;
  readonly #listener: ModelListener;
  readonly #cache = new ZoneCache();
  readonly #browser: DnssdBrowser;
  /** Every question that is wanted now. */
  readonly #questions = new Map<string, Wanted>();
  /** The question that the domain begins with, by its key. */
  readonly #rootKey: string;
  /** What the browser said and nobody has done yet, in order: doing it may make it say more. */
  readonly #outputs: BrowserOutput[] = [];
  #isPerforming = false;
  #lookedAt: LookedAt = 'everything';
  /** Refused questions that are waiting to be asked again. */
  readonly #waiting = new Map<string, () => void>();
  #cancelTimer: () => void = () => undefined;

  constructor(
    { id, scope }: { readonly id: string; readonly scope: BrowseScope },
    { clock, publisher, keepsMemory, memory, witness }: ModelDependencies,
    listener: ModelListener,
  ) {
    this.#clock = clock;
    this.#publisher = publisher;
    const viaOf = (service: Service): ServiceRow['via'] => this.#viaOf(service);
    const recalled = (): void => {
      listener.servicesChanged();
      publisher.commit();
    };
    this.services = new ShownServices(id, {
      clock,
      publisher,
      keepsMemory,
      memory,
      recalled,
      witness,
      viaOf,
    });
    this.#listener = listener;
    this.#browser = new DnssdBrowser(scope);
    const first = this.#browser.start();
    this.#rootKey = first.ask.map(questionKey).join();
    this.#show(first);
  }

  /** All questions that are wanted now. */
  get questions(): readonly Question[] {
    return [...this.#questions.values()].map(({ question }) => question);
  }

  /**
   * Whose details are asked for from now on, by the keys of the names; in the beginning those of everything are. Room that is left
   * goes to names that are only reserved, so that it shows when they become services.
   */
  look(at: LookedAt): void {
    this.#lookedAt = at;
    this.#look();
    this.#arm();
  }

  /** Of which types services are followed from now on; the others stay as they were last shown. In the beginning all are. */
  follow(types: FollowedTypes): void {
    this.services.narrow(types);
    this.#show(this.#browser.list(types));
    this.#arm();
  }

  /** A session covers a question from now on. */
  accepted(question: Question): void {
    this.#stopWaiting(questionKey(question));
    const wanted = this.#questions.get(questionKey(question));
    if (wanted === undefined) return;
    wanted.isCovered = true;
    if (this.#isRoot(question)) this.services.covered();
    this.services.stirred();
    this.#came(wanted, 'push');
    this.#apply(this.#cache.cover(question, this.#clock.nowMs()));
  }

  /** Ordinary queries told all that there is of a question, which stands until they tell more or it is uncovered. */
  answered(question: Question, records: readonly ResourceRecord[]): void {
    this.#stopWaiting(questionKey(question));
    const wanted = this.#questions.get(questionKey(question));
    if (wanted === undefined) return;
    wanted.isCovered = true;
    if (this.#isRoot(question) && !this.services.isCovered) this.services.covered();
    this.services.stirred();
    this.#came(wanted, 'poll');
    this.#apply(this.#cache.replace(question, records, this.#clock.nowMs()));
  }

  /** A server will not tell of a question; it is asked again when the refusal has worn off. */
  refused(question: Question, refusal: Refusal | null): void {
    const key = questionKey(question);
    const wanted = this.#questions.get(key);
    if (wanted === undefined) return;
    this.services.stirred();
    this.#uncover(wanted);
    const dueMs = this.#clock.nowMs() + (refusal?.delayMs ?? OVER_LIMIT_RETRY_MS);
    this.#stopWaiting(key);
    this.#waiting.set(
      key,
      this.#clock.at(dueMs, () => this.#askAgain(key)),
    );
  }

  /** The changes of one PUSH; those that are not covered here are ignored. */
  changed(changes: readonly Change[]): void {
    this.services.stirred();
    this.#apply(this.#cache.apply(changes, this.#clock.nowMs()));
  }

  /** How many of the changes bring a record that this domain asks for. */
  countConcerning(changes: readonly Change[]): number {
    return changes.filter(
      (change) => change.kind === 'add' && this.#questions.has(questionKey(change.record)),
    ).length;
  }

  /** The records that a live subscription vouches for: those from before it that are still to be announced again are not. */
  known(question: Question): readonly ResourceRecord[] {
    return this.#cache.confirmed(question);
  }

  /** The record that a live subscription vouches for and that says where the service with this row is. */
  endpointRecord(serviceRowId: string, endpoint: ServiceEndpoint): ResourceRecord | undefined {
    const name = this.services.nameOf(serviceRowId);
    return name === undefined
      ? undefined
      : endpointRecord(name, endpoint, (question) => this.known(question));
  }

  /** No session covers these questions any longer: what is known of them ages (RFC 8765 §6.3.1). */
  uncovered(questions: readonly Question[]): void {
    if (questions.some((question) => this.#isRoot(question))) this.services.lost();
    for (const question of questions) {
      const key = questionKey(question);
      this.#stopWaiting(key);
      const wanted = this.#questions.get(key);
      if (wanted !== undefined) this.#uncover(wanted);
    }
  }

  /** Lets go of timers and rows. */
  close(): void {
    for (const key of this.#waiting.keys()) this.#stopWaiting(key);
    this.#cancelTimer();
    this.services.close();
  }

  #uncover(wanted: Wanted): void {
    if (!wanted.isCovered) return;
    wanted.isCovered = false;
    this.#apply(this.#cache.uncover(wanted.question, this.#clock.nowMs()));
  }

  #apply(deltas: readonly RecordDelta[]): void {
    if (deltas.length > 0) this.#show(this.#browser.apply(deltas));
    this.#arm();
  }

  #show(output: BrowserOutput): void {
    this.#outputs.push(output);
    if (this.#isPerforming) return;
    this.#isPerforming = true;
    for (let next = this.#outputs.shift(); next !== undefined; next = this.#outputs.shift())
      this.#perform(next);
    this.#isPerforming = false;
  }

  #perform({ put, drop, reserve, ask, unask }: BrowserOutput): void {
    for (const service of put) this.services.put(service);
    for (const name of drop) this.services.drop(name);
    for (const name of reserve) this.services.reserve(name);
    if (put.length + drop.length + reserve.length > 0) this.#listener.servicesChanged();
    for (const question of ask) {
      this.#questions.set(questionKey(question), { question, isCovered: false, via: undefined });
    }
    if (ask.length > 0) this.#listener.ask(ask);
    if (unask.length > 0) this.#forget(unask);
    if (reserve.length > 0 && this.#lookedAt !== 'everything') this.#look();
  }

  #look(): void {
    const at = this.#lookedAt;
    this.#show(this.#browser.look(at === 'everything' ? at : withinBudget(at, this.services.reserved)));
  }

  /** How what a service says came: its SRV record, or as long as there is none the list that it is on. */
  #viaOf({ name }: Service): ServiceRow['via'] {
    const own = this.#questions.get(questionKey({ name, type: RecordType.SRV, class: RecordClass.IN }));
    return own?.via ?? this.#questions.get(this.#rootKey)?.via ?? 'push';
  }

  /** The answer to a question came in this way; rows say so when it was another one before. */
  #came(wanted: Wanted, via: ServiceRow['via']): void {
    const before = wanted.via ?? this.#questions.get(this.#rootKey)?.via ?? 'push';
    wanted.via = via;
    if (before === via) return;
    const { name, type } = wanted.question;
    if (this.#isRoot(wanted.question)) this.services.restate();
    else if (type === RecordType.SRV) this.services.restate(name);
  }

  /** Whether the domain begins with a question. */
  #isRoot(question: Question): boolean {
    return questionKey(question) === this.#rootKey;
  }

  #forget(unask: readonly Question[]): void {
    this.#listener.unask(unask);
    for (const question of unask) {
      const key = questionKey(question);
      const wanted = this.#questions.get(key);
      this.#stopWaiting(key);
      this.#questions.delete(key);
      if (wanted !== undefined) this.#uncover(wanted);
    }
  }

  #askAgain(key: string): void {
    this.#waiting.delete(key);
    const wanted = this.#questions.get(key);
    if (wanted !== undefined) this.#listener.ask([wanted.question]);
  }

  #stopWaiting(key: string): void {
    this.#waiting.get(key)?.();
    this.#waiting.delete(key);
  }

  /** The one timer follows what the cache waits for, and the settling of what is shown, which comes behind it. */
  #arm(): void {
    this.#cancelTimer();
    const dueMs = Math.min(this.#cache.deadlineMs ?? Infinity, this.services.deadlineMs);
    this.#cancelTimer = this.#clock.at(dueMs, () => {
      this.#apply(this.#cache.tick(this.#clock.nowMs()));
      if (this.services.tick((service) => this.#isAwaiting(service))) this.#listener.servicesChanged();
      this.#arm();
      this.#publisher.commit();
    });
  }

  /** Whether a question that was asked, or one about this service, is unanswered. */
  #isAwaiting(service: Service | undefined): boolean {
    if (service !== undefined)
      return questionsOf(service).some((question) => this.#awaits(questionKey(question)));
    for (const key of this.#questions.keys()) if (this.#awaits(key)) return true;
    return false;
  }

  #awaits(key: string): boolean {
    return this.#questions.get(key)?.isCovered === false && !this.#waiting.has(key);
  }
}
