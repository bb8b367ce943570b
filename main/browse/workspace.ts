import type { ActivityRow } from '../contract/activity.ts';
import type { CalloutRow } from '../contract/callout.ts';
import type { FavouriteRow } from '../contract/favourite.ts';
import type { Snapshot, Update } from '../contract/api.ts';
import type { CommandResult, CoreCommand } from '../contract/command.ts';
import type { Clock } from '../net/clock.ts';
import type { Resolver } from '../net/resolver.ts';
import type { ResolverAddress } from '../net/resolver-address.ts';
import type { CheckTcp } from '../net/tcp-check.ts';
import type { Connect } from '../net/tls-transport.ts';
import { scopeOf } from '../../protocol/dnssd/instance-name.ts';
import { unreachable } from '../../protocol/errors.ts';
import { foldAscii, parseName } from '../../protocol/wire/name.ts';
import { Backoff } from './backoff.ts';
import type { ReadTrust } from '../net/domain-trust.ts';
import type { ToldNews } from './chronicle.ts';
import { Chronicle } from './chronicle.ts';
import { DomainWatch } from './domain-watch.ts';
import type { ServiceMemory } from './service-memory.ts';
import { memoryOf } from './service-memory.ts';
import type { EnumerationBase } from './enumeration.ts';
import { suggestDomains } from './enumeration.ts';
import { FeedPool } from './feed-pool.ts';
import { pastedDomain } from './pasted-domain.ts';
import { PollGates } from './poll-gate.ts';
import { Publisher } from './publisher.ts';
import { nameText } from './rows.ts';
import { ServiceChecks } from './service-checks.ts';

/** How long the sessions have to close in good order before the application goes without them. */
const CLOSE_MS = 800;

/** A domain to watch, as settings and command lines name it. */
export interface DomainRequest {
  /** A domain, or a service type in one: `example.org`, `_ipp._tcp.example.org`. */
  readonly domain: string;
  /** The resolver that knows it, where that is not the system's. */
  readonly resolver?: ResolverAddress;
  /** Certificates to trust for it instead of the system's, as PEM. */
  readonly caPem?: string;
  /** It is there for this run only: nothing is kept of its services. */
  readonly isPassing?: boolean;
  /** Reads whom to trust for it and what to show, in place of `caPem`; anew whenever a server is looked for. */
  readonly trust?: () => ReadTrust;
}

/** What a workspace needs of the world. */
export interface WorkspaceDependencies {
  readonly clock: Clock;
  readonly connect: Connect;
  readonly checkTcp: CheckTcp;
  /** From 0 up to but not including 1. */
  readonly random: () => number;
  /** The resolver at an address, or the system's. */
  readonly resolverAt: (address: ResolverAddress | undefined) => Resolver;
  /** Where this machine looks for domains to browse. */
  readonly enumerationBases: () => Promise<readonly EnumerationBase[]>;
  /** How often rows are published at most, in milliseconds. */
  readonly updateIntervalMs: number;
  /** Whether services that were shown stay until it is certain that they are gone; not without this. */
  readonly keepsMemory?: boolean;
  /** What is kept of services between two runs; nothing without this. */
  readonly serviceMemory?: ServiceMemory;
  /** Told of what happens to services, if they are kept in memory. */
  readonly told?: ToldNews;
}

/** The commands whose answer takes its time. */
interface AsksNetwork {
  readonly kind: 'suggest-domains' | 'verify-service';
}

/** All domains that are watched, and the one place that windows and command lines talk to. */
export class Workspace {
  readonly #dependencies: WorkspaceDependencies;
  readonly #publisher: Publisher;
  readonly #chronicle: Chronicle | undefined;
  readonly #pool: FeedPool;
  readonly #gates: PollGates;
  readonly #watches = new Map<string, DomainWatch>();
  /** Why nothing is asked, as a sentence for people; undefined while it is. */
  #pausedFor: string | undefined;
  readonly #checks: ServiceChecks;

  constructor(dependencies: WorkspaceDependencies) {
    const { clock, connect, updateIntervalMs } = dependencies;
    this.#dependencies = dependencies;
    this.#publisher = new Publisher(clock, updateIntervalMs);
    const { keepsMemory = false, told = () => undefined } = dependencies;
    this.#chronicle = keepsMemory ? new Chronicle(clock, this.#publisher, told) : undefined;
    this.#gates = new PollGates(clock);
    this.#pool = new FeedPool({ clock, connect, publisher: this.#publisher });
    this.#checks = new ServiceChecks({
      checkTcp: dependencies.checkTcp,
      service: (id) => this.#publisher.get('services', id),
      doubt: ({ id, domain }, endpoint) => this.#watches.get(domain)?.doubt(id, endpoint) ?? 'not-covered',
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
        return this.watch({ domain: pastedDomain(command.domain) });
      case 'suggest-domains':
        return this.#suggest();
      case 'remove-domain':
        return this.#remove(command.id);
      case 'retry-domain':
        return this.#retry(command.id);
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
    const parsed = parseName(request.domain);
    if (!parsed.ok) return parsed;
    if (parsed.name.isRoot) {
      return {
        ok: false,
        code: 'bad-name',
        message: 'The root of DNS lists no services: name a domain, such as example.org.',
      };
    }
    const text = nameText(parsed.name);
    const id = foldAscii(text);
    if (this.#watches.has(id)) {
      return {
        ok: false,
        code: 'already-watched',
        message: `${text} is watched already: it is in the list.`,
      };
    }
    const scoped = scopeOf(parsed.name);
    if (!scoped.ok) return scoped;
    const { clock, keepsMemory = false, random, resolverAt, serviceMemory } = this.#dependencies;
    const { caPem, isPassing = false } = request;
    const resolver = resolverAt(request.resolver);
    const watch = new DomainWatch(
      { id, text, scope: scoped.scope, trust: request.trust ?? (() => ({ ok: true, trust: { caPem } })) },
      {
        clock,
        publisher: this.#publisher,
        pool: this.#pool,
        search: { resolver, random },
        backoff: new Backoff(random),
        gate: this.#gates.of(resolver),
        keepsMemory,
        memory: isPassing || serviceMemory === undefined ? undefined : memoryOf(serviceMemory, id),
        witness: this.#chronicle?.witnessOf({ id, text, isPassing }),
      },
    );
    this.#watches.set(id, watch);
    watch.start(this.#pausedFor);
    this.#publisher.commit();
    return { ok: true, id };
  }

  /**
   * Asks nothing any more until `resume`, for a reason that is shown: sessions are closed rather than unsubscribed piece by
   * piece (RFC 8765 §6.7), discovery under way is called off, and rows stay for as long as their records live. Resolves when
   * the last connection is gone. Paused already, it only changes the reason.
   */
  async pause(reason: string): Promise<void> {
    this.#pausedFor = reason;
    const closed = this.#pool.close(reason);
    for (const watch of this.#watches.values()) watch.pause(reason);
    this.#publisher.commit();
    void this.#dependencies.serviceMemory?.flush(); // it never rejects, and sleep does not wait for it
    await closed;
  }

  /** Goes on after `pause`, at once: one reconnect a server, as if nothing had ever gone wrong. */
  resume(): void {
    if (this.#pausedFor === undefined) return;
    this.#pausedFor = undefined;
    for (const watch of this.#watches.values()) watch.resume();
    this.#publisher.commit();
  }

  /**
   * The network or the machine has changed under us, so that nothing is certain: sessions are probed, and ended when they do
   * not answer soon (RFC 8490 §6.5); servers are looked for anew with forgotten answers.
   */
  suspect(): void {
    this.#pool.probe();
    for (const watch of this.#watches.values()) watch.suspect();
    this.#publisher.commit();
  }

  /** Puts the one row of the table that tells whether anything is watched. */
  showActivity(activity: ActivityRow): void {
    this.#publisher.put('activity', activity);
    this.#publisher.commit();
  }

  /** Shows windows what a person keeps an eye on. */
  showFavourites(favourites: readonly FavouriteRow[]): void {
    const shown = new Set(favourites.map(({ id }) => id));
    for (const { id } of this.#publisher.rows('favourites'))
      if (!shown.has(id)) this.#publisher.drop('favourites', id);
    for (const row of favourites) this.#publisher.put('favourites', row);
    this.#publisher.commit();
  }

  /** Asks windows to show something. */
  callOut(callout: Omit<CalloutRow, 'id' | 'atMs'>): void {
    this.#publisher.put('callouts', { ...callout, id: 'herald', atMs: this.#dependencies.clock.wallMs() });
    this.#publisher.commit();
  }

  /** Ends everything in good order, within a second. */
  async close(): Promise<void> {
    const { clock } = this.#dependencies;
    this.#checks.close();
    for (const watch of this.#watches.values()) watch.keep();
    const kept = this.#dependencies.serviceMemory?.flush();
    const closed = this.#pool.close('Herald is closing');
    for (const watch of this.#watches.values()) watch.close();
    this.#chronicle?.clearDeparted();
    this.#watches.clear();
    await new Promise<void>((resolve) => {
      const cancel = clock.at(clock.nowMs() + CLOSE_MS, resolve);
      void closed.then(() => {
        cancel();
        resolve();
      });
    });
    await kept;
    this.#publisher.close();
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
    const watch = this.#watches.get(id);
    if (watch === undefined) return unknownDomain();
    if (this.#pausedFor !== undefined) {
      const message = `Nothing is asked at the moment. ${this.#pausedFor} Resume first; every domain is then tried again by itself.`;
      return { ok: false, code: 'paused', message };
    }
    watch.retry();
    return { ok: true };
  }

  #remove(id: string): CommandResult {
    const watch = this.#watches.get(id);
    if (watch === undefined) return unknownDomain();
    this.#watches.delete(id);
    watch.close();
    this.#dependencies.serviceMemory?.forget(id);
    this.#chronicle?.forget(id);
    this.#publisher.commit();
    return { ok: true };
  }
}

function unknownDomain(): CommandResult {
  return { ok: false, code: 'unknown-domain', message: 'This domain is not in the list any more.' };
}
