import { Workspace } from '../main/browse/workspace.ts';
import { systemClock } from '../main/net/clock.ts';
import { cryptoRandom } from '../main/net/random.ts';
import { ResolverDirectory } from '../main/net/resolver-directory.ts';
import { SecureContexts } from '../main/net/secure-contexts.ts';
import { checkTcp } from '../main/net/tcp-check.ts';
import { connectTls } from '../main/net/tls-transport.ts';
import type { TrustAnchor } from '../protocol/dnssec/trust-anchor.ts';

/** How the core reaches the network. */
export interface FirstPushOptions {
  readonly resolverPort: number;
  /** Where push servers are reached, whatever port their SRV records say: a relay. */
  readonly pushPort: number;
  readonly caPem: string;
  /** Undefined to validate nothing. */
  readonly anchors: readonly TrustAnchor[] | undefined;
}

/** Milliseconds until a domain's first PUSH had come, and from then until its first service had. */
export interface FirstPush {
  readonly pushMs: number;
  readonly serviceMs: number;
}

/** The core of the app, started without any memory: no answer, no session, no ticket. */
export class ColdCore {
  readonly #workspace: Workspace;
  readonly #directory: ResolverDirectory;
  readonly #options: FirstPushOptions;

  constructor(options: FirstPushOptions) {
    this.#options = options;
    const { pushPort, anchors } = options;
    const parts = { clock: systemClock, random: cryptoRandom };
    this.#directory = new ResolverDirectory(anchors === undefined ? parts : { ...parts, anchors });
    const contexts = new SecureContexts();
    this.#workspace = new Workspace({
      clock: systemClock,
      connect: (target, events) =>
        connectTls({ ...target, port: pushPort, clock: systemClock, contexts }, events),
      random: cryptoRandom,
      checkTcp: checkTcp(systemClock),
      resolverAt: this.#directory.at,
      enumerationBases: () => Promise.resolve([]),
      updateIntervalMs: 0,
    });
  }

  /** Watches a domain; a domain that is not live is an error. */
  watch(domain: string): Promise<FirstPush> {
    const { resolverPort, caPem } = this.#options;
    const startMs = performance.now();
    return new Promise((resolve, reject) => {
      let pushMs: number | undefined;
      const stop = this.#workspace.onUpdate(({ tables }) => {
        const rows = tables.domains?.put ?? [];
        const failed = rows.find(({ name, state }) => name === domain && state === 'failed');
        if (failed !== undefined) {
          stop();
          reject(new Error(`${domain} is not live: ${JSON.stringify(failed)}`));
        }
        const id = this.#workspace.snapshot().tables.domains.find(({ name }) => name === domain)?.id;
        const ladder = tables.ladders?.put.find((row) => row.id === id);
        if (ladder?.steps.some(({ step, verdict }) => step === 'data' && verdict === 'passed'))
          pushMs ??= performance.now() - startMs;
        if (pushMs === undefined || !tables.services?.put.some((row) => row.domain === id)) return;
        stop();
        resolve({ pushMs, serviceMs: performance.now() - startMs - pushMs });
      });
      this.#workspace.watch({ domain, resolver: { host: '127.0.0.1', port: resolverPort }, caPem });
    });
  }

  async close(): Promise<void> {
    await this.#workspace.close();
    this.#directory.close();
  }
}
