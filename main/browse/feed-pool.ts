import type { SessionRow } from '../contract/api.ts';
import type { Clock } from '../net/clock.ts';
import type { Connect } from '../net/tls-transport.ts';
import { foldAscii } from '../../protocol/wire/name.ts';
import { RetryPolicy } from '../../protocol/dso/retry.ts';
import type { FeedEnd, PushServerTarget } from './feed.ts';
import { Feed } from './feed.ts';
import type { Publisher } from './publisher.ts';
import { nameText } from './rows.ts';

/** What the pool needs of the world. */
export interface FeedPoolDependencies {
  readonly clock: Clock;
  readonly connect: Connect;
  readonly publisher: Publisher;
}

/**
 * The push sessions under way: one for each server, which is a host and a port, never an address (RFC 8490 §9.1), shared by
 * all domains that trust it in the same way (RFC 8490 §9.3).
 */
export class FeedPool {
  readonly #dependencies: FeedPoolDependencies;
  readonly #feeds = new Map<string, Feed>();
  readonly #policies = new Map<string, RetryPolicy>();
  readonly #waiting = new Set<() => void>();

  constructor(dependencies: FeedPoolDependencies) {
    this.#dependencies = dependencies;
  }

  /** The session with a server, opened if there is none that can be joined. */
  feedFor(target: PushServerTarget): Feed {
    const key = keyOf(target);
    const known = this.#feeds.get(key);
    if (known?.isUsable === true) return known;
    const { clock, connect, publisher } = this.#dependencies;
    const feed = new Feed(target, {
      clock,
      connect,
      batchDone: () => this.#batchDone(feed),
      phaseChanged: (phase) => this.#phaseChanged(feed, phase),
      ended: (end) => this.#ended(target, end),
    });
    this.#feeds.set(key, feed);
    publisher.commit();
    return feed;
  }

  /** When a server may be connected to, and why not before (RFC 8490 §6.6.3). Whatever is open may be joined. */
  policyFor(target: Pick<PushServerTarget, 'host' | 'port'>): RetryPolicy {
    const key = `${target.port} ${target.host.key}`;
    const known = this.#policies.get(key);
    if (known !== undefined) return known;
    const policy = new RetryPolicy();
    this.#policies.set(key, policy);
    return policy;
  }

  /** Closes every session in good order; resolves when the last connection is gone. */
  close(reason: string): Promise<void> {
    for (const feed of this.#feeds.values()) feed.close(reason);
    if (this.#feeds.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  #phaseChanged(feed: Feed, phase: SessionRow['phase']): void {
    const { clock, publisher } = this.#dependencies;
    const id = serverText(feed.target);
    if (phase === 'closed') {
      if (this.#feeds.get(keyOf(feed.target)) === feed) this.#feeds.delete(keyOf(feed.target));
      publisher.drop('sessions', id);
      if (this.#feeds.size === 0) for (const done of this.#waiting) done();
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
  }

  #ended(target: PushServerTarget, { cause, ...rest }: FeedEnd): void {
    if (cause === 'unreachable') return;
    this.policyFor(target).ended({ cause, ...rest }, this.#dependencies.clock.nowMs());
  }

  #batchDone(feed: Feed): void {
    const { publisher } = this.#dependencies;
    const row = publisher.get('sessions', serverText(feed.target));
    const subscriptions = feed.subscriptionCount;
    if (row !== undefined && row.subscriptions !== subscriptions)
      publisher.put('sessions', { ...row, subscriptions });
    publisher.commit();
  }
}

/** A server as rows show it: `push.office.test:853`. */
export function serverText({ host, port }: PushServerTarget): string {
  return `${foldAscii(nameText(host))}:${port}`;
}

function keyOf(target: PushServerTarget): string {
  return `${target.port} ${target.caPem ?? ''} ${target.host.key}`;
}
