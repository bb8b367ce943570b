import type { SessionRow } from '../contract/api.ts';
import type { Step } from '../contract/ladder.ts';
import type { Doubt } from '../contract/service-check.ts';
import type { Clock } from '../net/clock.ts';
import type { Connect } from '../net/tls-transport.ts';
import { policyFingerprint } from '../net/trust-policy.ts';
import { foldAscii } from '../../protocol/wire/name.ts';
import { instanceKey, RetryPolicy } from '../../protocol/dso/retry.ts';
import type { Refusal } from '../../protocol/push/refusal.ts';
import { ReconfirmPolicy } from '../../protocol/push/reconfirm.ts';
import { RefusalMemory } from '../../protocol/push/refusal-memory.ts';
import type { Name } from '../../protocol/wire/name.ts';
import type { ResourceRecord } from '../../protocol/wire/record.ts';
import type { PushServerTarget } from './push-server-target.ts';
import { Feed } from './feed.ts';
import type { FeedEnd } from './feed-user.ts';
import type { Publisher } from './publisher.ts';
import { nameText } from './rows.ts';

/** What the pool needs of the world. */
export interface FeedPoolDependencies {
  readonly clock: Clock;
  readonly connect: Connect;
  readonly publisher: Publisher;
}

/** A service instance: the host and port of an SRV record. */
type ServerName = Pick<PushServerTarget, 'host' | 'port'>;

/** Why a server is not connected to, and until when. */
export interface Wait extends LastWords {
  readonly untilMs: number;
}

/** How the last session with a server ended: where on the way to a live domain, and a sentence for people. */
interface LastWords {
  readonly step: Step;
  readonly reason: string;
}

/**
 * The push sessions under way: one for each server, which is a host and a port, never an address (RFC 8490 §9.1), shared by
 * all domains that trust it in the same way (RFC 8490 §9.3).
 */
export class FeedPool {
  readonly #dependencies: FeedPoolDependencies;
  readonly #feeds = new Map<string, Feed>();
  /** The ids of their rows, by the same keys: domains that trust a server differently have a session each. */
  readonly #ids = new Map<string, string>();
  readonly #policy = new RetryPolicy();
  readonly #refusals = new Map<string, RefusalMemory>();
  readonly #reconfirms = new Map<string, ReconfirmPolicy>();
  readonly #lastWords = new Map<string, LastWords>();
  /** Who would join a session that another makes. */
  readonly #joiners = new Set<{ readonly key: string; readonly join: () => void }>();
  /** Every connection that is not gone yet, those among them whose successor is in `#feeds` already; settled when it is. */
  readonly #open = new Map<Feed, Promise<void>>();

  constructor(dependencies: FeedPoolDependencies) {
    this.#dependencies = dependencies;
  }

  /** The session with a server, opened if there is none that can be joined. */
  feedFor(target: PushServerTarget): Feed {
    const key = keyOf(target);
    const known = this.#feeds.get(key);
    if (known?.isUsable === true) return known;
    const { clock, connect, publisher } = this.#dependencies;
    let gone: () => void;
    const isGone = new Promise<void>((resolve) => (gone = resolve));
    const feed = new Feed(target, {
      clock,
      connect,
      refusals: this.#refusalsOf(instanceKey(target.host, target.port)),
      reconfirms: this.#reconfirmsOf(instanceKey(target.host, target.port)),
      batchDone: () => this.#batchDone(feed, key),
      phaseChanged: (phase) => this.#phaseChanged(feed, key, phase),
      ended: (end) => {
        this.#ended(target, end);
        this.#open.delete(feed);
        gone();
      },
    });
    this.#feeds.set(key, feed);
    this.#open.set(feed, isGone);
    publisher.commit();
    return feed;
  }

  /** Calls `join` when a session is made that whoever wants this server, and trusts it so, can join; the returned function calls that off. */
  onSession(target: PushServerTarget, join: () => void): () => void {
    const joiner = { key: keyOf(target), join };
    this.#joiners.add(joiner);
    return () => void this.#joiners.delete(joiner);
  }

  /**
   * When a server may be asked about a zone and, if not now, why: its sessions ended so that it wants to be left alone
   * (RFC 8490 §6.6.3), or it declined such questions (RFC 8765 §6.2.2). Undefined when it may be asked.
   */
  waitFor({ host, port }: ServerName, zone: Name): Wait | undefined {
    const instance = instanceKey(host, port);
    const nowMs = this.#dependencies.clock.nowMs();
    const untilMs = Math.max(
      this.#policy.mayConnectAtMs(instance, nowMs),
      this.#refusalsOf(instance).mayAskAtMs(zone, nowMs),
    );
    if (untilMs <= nowMs) return undefined;
    return { untilMs, ...(this.#lastWords.get(instance) ?? { step: 'session', reason: '' }) };
  }

  /** A person asked for another try at a server. */
  forgive({ host, port }: ServerName): void {
    this.#policy.forgive(instanceKey(host, port));
    this.#refusalsOf(instanceKey(host, port)).forgive();
  }

  /** Asks the server whose session covers a record that proved stale to reconfirm it, if it may be asked (RFC 8765 §6.5). */
  reconfirm(record: ResourceRecord): Doubt {
    for (const feed of this.#feeds.values()) {
      const doubt = feed.reconfirm(record);
      if (doubt !== 'not-covered') return doubt;
    }
    return 'not-covered';
  }

  /** A server declined what was asked for first of all, which does lie in this zone; `reason` says so to people. */
  declined(server: ServerName, zone: Name, refusal: Refusal | null, reason: string): void {
    if (refusal !== null) this.lacks(server, zone, refusal);
    this.#lastWords.set(instanceKey(server.host, server.port), { step: 'subscribe', reason });
  }

  /** A server declined a question that does lie in this zone: others in it have to wait as well (RFC 8765 §6.2.2). */
  lacks({ host, port }: ServerName, zone: Name, refusal: Refusal): void {
    this.#refusalsOf(instanceKey(host, port)).refused(refusal, zone, this.#dependencies.clock.nowMs());
  }

  /** Closes every session in good order; resolves when the last of these connections is gone. */
  async close(reason: string): Promise<void> {
    for (const feed of this.#feeds.values()) feed.close(reason);
    await Promise.all(this.#open.values());
  }

  /** The network or the machine has changed: every session is to give a sign of life, or it ends. */
  probe(): void {
    for (const feed of this.#feeds.values()) feed.probe();
  }

  #phaseChanged(feed: Feed, key: string, phase: SessionRow['phase']): void {
    if (!this.#isCurrent(feed, key)) return;
    const { clock, publisher } = this.#dependencies;
    const id = this.#idOf(key, feed.target);
    if (phase === 'closed') {
      this.#feeds.delete(key);
      this.#ids.delete(key);
      publisher.drop('sessions', id);
      return;
    }
    const { host, port } = feed.target;
    const server = nameText(host);
    publisher.put('sessions', {
      id,
      server,
      port,
      phase,
      subscriptions: feed.subscriptionCount,
      sinceMs: clock.wallMs(),
    });
    if (phase !== 'established') return;
    for (const joiner of [...this.#joiners]) if (joiner.key === key) joiner.join();
  }

  #idOf(key: string, target: PushServerTarget): string {
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const taken = new Set(this.#ids.values());
    const text = serverText(target);
    let id = text;
    for (let number = 2; taken.has(id); number++) id = `${text} (${number})`;
    this.#ids.set(key, id);
    return id;
  }

  /** Whether the row of its server is about this session: one that is closing may have a successor already. */
  #isCurrent(feed: Feed, key: string): boolean {
    return this.#feeds.get(key) === feed;
  }

  #ended(
    { host, port }: PushServerTarget,
    { cause, progress, retryDelayMs = 0, step, reason }: FeedEnd,
  ): void {
    if (cause === 'unreachable') return;
    const instance = instanceKey(host, port);
    if (cause === 'reconfirm-answered') {
      // It broke the rule only because it was asked, and will not be asked again: it may be gone back to at once.
      this.#reconfirmsOf(instance).answered();
      return;
    }
    this.#policy.ended(instance, { cause, progress, retryDelayMs }, this.#dependencies.clock.nowMs());
    this.#lastWords.set(instance, { step, reason });
  }

  #refusalsOf(instance: string): RefusalMemory {
    const known = this.#refusals.get(instance);
    if (known !== undefined) return known;
    const refusals = new RefusalMemory();
    this.#refusals.set(instance, refusals);
    return refusals;
  }

  #reconfirmsOf(instance: string): ReconfirmPolicy {
    const known = this.#reconfirms.get(instance);
    if (known !== undefined) return known;
    const policy = new ReconfirmPolicy();
    this.#reconfirms.set(instance, policy);
    return policy;
  }

  #batchDone(feed: Feed, key: string): void {
    const { publisher } = this.#dependencies;
    const id = this.#ids.get(key);
    const row = id !== undefined && this.#isCurrent(feed, key) ? publisher.get('sessions', id) : undefined;
    const subscriptions = feed.subscriptionCount;
    if (row !== undefined && row.subscriptions !== subscriptions)
      publisher.put('sessions', { ...row, subscriptions });
    publisher.commit();
  }
}

/** A server as rows show it: `push.office.test:853`. */
export function serverText({ host, port }: ServerName): string {
  return `${foldAscii(nameText(host))}:${port}`;
}

/**
 * Equal for targets whose users may share a session: one server, that is to show and is shown the same. Names aside, for
 * whoever joins holds the certificate against those of its own.
 */
function keyOf({ host, port, serverName, policy, role }: PushServerTarget): string {
  const { names: _, ...shared } = policy;
  return [instanceKey(host, port), role, foldAscii(serverName), policyFingerprint(shared)].join(' ');
}
