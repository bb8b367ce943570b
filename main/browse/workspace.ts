import type { ActivityRow } from '../contract/activity.ts';
import type { CalloutRow } from '../contract/callout.ts';
import type { FavouriteRow } from '../contract/favourite.ts';
import type { Snapshot, Update } from '../contract/api.ts';
import type { View } from '../contract/view.ts';
import type { CommandResult, CoreCommand } from '../contract/command.ts';
import type { FollowedTypes } from '../../protocol/dnssd/type-list.ts';
import { within } from '../net/within.ts';
import { unreachable } from '../../protocol/errors.ts';
import { Backoff } from './backoff.ts';
import { Chronicle } from './chronicle.ts';
import type { DomainRequest } from './domain-request.ts';
import { requestedScope } from './domain-request.ts';
import type { Hold } from './domain-watch.ts';
import { DomainWatch } from './domain-watch.ts';
import { memoryOf } from './service-memory.ts';
import { suggestDomains } from './enumeration.ts';
import { FeedPool } from './feed-pool.ts';
import { typesOfFavourites } from './followed-types.ts';
import { GatedResolver } from './gated-resolver.ts';
import { pastedDomain } from './pasted-domain.ts';
import { knownRow } from './known-row.ts';
import { Onlookers } from './onlookers.ts';
import type { PlaceGate } from './places.ts';
import { PollGates } from './poll-gate.ts';
import { Publisher } from './publisher.ts';
import { UNKNOWN_DOMAIN, alreadyWatched, notWhilePaused } from './refusals.ts';
import { ServiceChecks } from './service-checks.ts';
import type { WorkspaceDependencies } from './workspace-dependencies.ts';

/** How long the sessions have to close in good order before the application goes without them. */
const CLOSE_MS = 800;

/** The commands whose answer takes its time. */
interface AsksNetwork {
  readonly kind: 'suggest-domains' | 'verify-service';
}

/** A domain that is watched. */
interface Watched {
  readonly watch: DomainWatch;
  readonly gate: PlaceGate | undefined;
}

/** Why nothing is asked, as a sentence for people, but for the types that are followed all the same, by domain. */
interface Rest {
  readonly reason: string;
  readonly kept: ReadonlyMap<string, FollowedTypes>;
}

/** All domains that are watched, and the one place that windows and command lines talk to. */
export class Workspace {
  readonly #dependencies: WorkspaceDependencies;
  readonly #publisher: Publisher;
  readonly #chronicle: Chronicle | undefined;
  readonly #pool: FeedPool;
  readonly #gates: PollGates;
  readonly #watched = new Map<string, Watched>();
  /** Undefined while everything is followed. */
  #rest: Rest | undefined;
  readonly #checks: ServiceChecks;
  readonly #onlookers: Onlookers | undefined;

  constructor(dependencies: WorkspaceDependencies) {
    const { clock, connect, updateIntervalMs } = dependencies;
    this.#dependencies = dependencies;
    this.#publisher = new Publisher(clock, updateIntervalMs);
    const { followsViews = false, keepsMemory = false, told = () => undefined } = dependencies;
    this.#chronicle = keepsMemory ? new Chronicle(clock, this.#publisher, told) : undefined;
    this.#gates = new PollGates(clock);
    this.#pool = new FeedPool({ clock, connect, publisher: this.#publisher });
    this.#onlookers = followsViews
      ? new Onlookers(clock, this.#watched, () => this.#publisher.commit())
      : undefined;
    this.#checks = new ServiceChecks({
      checkTcp: dependencies.checkTcp,
      service: (id, signal) => knownRow(id, { clock, publisher: this.#publisher }, signal),
      closedFor: (domain) => this.#watched.get(domain)?.gate?.closedFor ?? null,
      doubt: ({ id, domain }, endpoint) =>
        this.#watched.get(domain)?.watch.doubt(id, endpoint) ?? 'not-covered',
    });
  }

  /** Every table as it stands. */
  snapshot(): Snapshot {
    return this.#publisher.snapshot();
  }

  /** Calls `listener` with every update from now on; the returned function ends that. */
  onUpdate(listener: (update: Update) => void): () => void {
    return this.#publisher.onUpdate(listener);
  }

  /** Does what a window asks for; only what has to ask the network takes its time. */
  execute(command: Extract<CoreCommand, AsksNetwork>): Promise<CommandResult>;
  execute(command: Exclude<CoreCommand, AsksNetwork>): CommandResult;
  execute(command: CoreCommand): CommandResult | Promise<CommandResult>;
  execute(command: CoreCommand): CommandResult | Promise<CommandResult> {
    switch (command.kind) {
      case 'add-domain':
        return this.watch({
          domain: pastedDomain(command.domain),
          isSuggested: command.isSuggested === true,
        });
      case 'suggest-domains':
        return this.#suggest();
      case 'remove-domain':
        return this.#remove(command.id);
      case 'retry-domain':
        return this.#retry(command.id);
      case 'look-here':
        return this.#lookHere(command.id);
      case 'clear-departed':
        this.#chronicle?.clearDeparted(command.id);
        return this.#done();
      case 'dismiss-digest':
        this.#chronicle?.dismissDigest(command.id);
        return this.#done();
      case 'verify-service':
        return this.#checks.check(command.id);
      default:
        return unreachable(command);
    }
  }

  /** Begins to watch a domain. */
  watch(request: DomainRequest): CommandResult {
    const requested = requestedScope(request.domain);
    if (!requested.ok) return requested;
    const { id, scope, text } = requested;
    if (this.#watched.has(id)) return alreadyWatched(text);
    const { clock, gateOf, keepsMemory = false, random, resolverAt, serviceMemory } = this.#dependencies;
    const { caPem, isPassing = false } = request;
    const resolver = resolverAt(request.resolver);
    const gated = { id, text, name: scope.domain, hasOwnResolver: request.resolver !== undefined };
    const gate = gateOf?.(gated, request);
    const watch = new DomainWatch(
      { id, text, scope, trust: request.trust ?? (() => ({ ok: true, trust: { caPem } })) },
      {
        clock,
        publisher: this.#publisher,
        pool: this.#pool,
        search: { resolver: gate === undefined ? resolver : new GatedResolver(resolver, gate), random },
        backoff: new Backoff(random),
        gate: this.#gates.of(resolver),
        keepsMemory,
        memory: isPassing || serviceMemory === undefined ? undefined : memoryOf(serviceMemory, id),
        witness: this.#chronicle?.witnessOf({ id, text, isPassing }),
      },
    );
    const watched = { watch, gate };
    this.#watched.set(id, watched);
    this.#onlookers?.added(id);
    watch.start(this.#holdOf(id, watched));
    this.#publisher.commit();
    return { ok: true, id };
  }

  /**
   * Asks nothing any more until `resume`, for a reason that is shown: sessions are closed rather than unsubscribed piece by
   * piece (RFC 8765 §6.7), discovery under way is called off, and rows stay for as long as their records live. Resolves when
   * the last connection is gone. Paused already, it only changes the reason.
   */
  async pause(reason: string): Promise<void> {
    this.#rest = { reason, kept: new Map() };
    const closed = this.#pool.close(reason);
    this.review();
    void this.#dependencies.serviceMemory?.flush(); // it never rejects, and sleep does not wait for it
    await closed;
  }

  /**
   * Follows what a person keeps an eye on and asks nothing else until `resume`, for a reason that is shown: the types that there
   * are favourites of, and the details of these alone. Domains without any are paused.
   */
  narrow(reason: string): void {
    this.#rest = { reason, kept: typesOfFavourites(this.#publisher.rows('favourites')) };
    this.#onlookers?.scope('watched');
    this.#chronicle?.look(false);
    this.review();
    void this.#dependencies.serviceMemory?.flush(); // it never rejects
  }

  /** Goes on after `pause` or `narrow`, at once: one reconnect a server, as if nothing had ever gone wrong. */
  resume(): void {
    if (this.#rest === undefined) return;
    this.#rest = undefined;
    this.#onlookers?.scope('views');
    this.#chronicle?.look(true);
    this.review();
  }

  /** Holds what is to be held and lets the rest go on: for when that depends on something that has changed. */
  review(): void {
    for (const [id, watched] of this.#watched) {
      const hold = this.#holdOf(id, watched);
      if (hold !== undefined) watched.watch.hold(hold);
      else watched.watch.follow(this.#rest?.kept.get(id) ?? 'everything');
    }
    this.#publisher.commit();
  }

  /**
   * The network or the machine has changed under us, so that nothing is certain: sessions are probed, and ended when they do
   * not answer soon (RFC 8490 §6.5); servers are looked for anew with forgotten answers.
   */
  suspect(): void {
    this.#pool.probe();
    for (const { watch } of this.#watched.values()) watch.suspect();
    this.#publisher.commit();
  }

  /** Puts the one row of the table that tells whether anything is watched. */
  showActivity(activity: ActivityRow): void {
    this.#publisher.put('activity', activity);
    this.#publisher.commit();
  }

  /** What a window looks at from now on; null when it has gone, or its page. */
  look(window: number, view: View | null): void {
    this.#onlookers?.view(window, view);
  }

  /** Shows windows what a person keeps an eye on. */
  showFavourites(favourites: readonly FavouriteRow[]): void {
    this.#publisher.replace('favourites', favourites);
    this.#onlookers?.watched(favourites.filter(({ kind }) => kind === 'service').map(({ id }) => id));
    this.#publisher.commit();
  }

  /** Asks windows to show something. */
  callOut(callout: Omit<CalloutRow, 'id' | 'atMs'>): void {
    this.#publisher.put('callouts', { ...callout, id: 'herald', atMs: this.#dependencies.clock.wallMs() });
    this.#publisher.commit();
  }

  /** Ends everything in good order, within a second. */
  async close(): Promise<void> {
    this.#checks.close();
    this.#onlookers?.close();
    for (const { watch } of this.#watched.values()) watch.keep();
    const kept = this.#dependencies.serviceMemory?.flush();
    const closed = this.#pool.close('Herald is closing');
    for (const { watch } of this.#watched.values()) watch.close();
    this.#chronicle?.clearDeparted();
    this.#watched.clear();
    await within(this.#dependencies.clock, CLOSE_MS, closed);
    await kept;
    this.#publisher.close();
  }

  /** Why a domain is held, if it is; where it is not, the network may become one of its own. */
  #holdOf(id: string, { gate }: Watched): Hold | undefined {
    gate?.settle();
    const reason = gate?.closedFor ?? null;
    if (reason !== null) return { state: 'elsewhere', reason };
    if (this.#rest === undefined || this.#rest.kept.has(id)) return undefined;
    return { state: 'paused', reason: this.#rest.reason };
  }

  #done(): CommandResult {
    this.#publisher.commit();
    return { ok: true };
  }

  async #suggest(): Promise<CommandResult> {
    const { enumerationBases, resolverAt } = this.#dependencies;
    const suggestions = await suggestDomains(await enumerationBases(), resolverAt(undefined));
    return { ok: true, suggestions };
  }

  #retry(id: string): CommandResult {
    const watched = this.#watched.get(id);
    if (watched === undefined) return UNKNOWN_DOMAIN;
    const reason = watched.gate?.closedFor ?? null;
    if (reason !== null) return { ok: false, code: 'elsewhere', message: reason };
    if (this.#rest !== undefined) return notWhilePaused(this.#rest.reason);
    watched.watch.retry();
    return { ok: true };
  }

  #lookHere(id: string): CommandResult {
    const watched = this.#watched.get(id);
    if (watched === undefined) return UNKNOWN_DOMAIN;
    watched.gate?.invite();
    this.review();
    return { ok: true };
  }

  #remove(id: string): CommandResult {
    const watched = this.#watched.get(id);
    if (watched === undefined) return UNKNOWN_DOMAIN;
    this.#watched.delete(id);
    watched.watch.close();
    this.#dependencies.serviceMemory?.forget(id);
    this.#chronicle?.forget(id);
    this.#publisher.commit();
    return { ok: true };
  }
}
