import { Workspace } from '../main/browse/workspace.ts';
import { UPDATE_INTERVAL_MS } from '../main/browse/publisher.ts';
import type { ServiceRow } from '../main/contract/api.ts';
import { systemClock } from '../main/net/clock.ts';
import { cryptoRandom } from '../main/net/random.ts';
import { ResolverDirectory } from '../main/net/resolver-directory.ts';
import { SecureContexts } from '../main/net/secure-contexts.ts';
import { checkTcp } from '../main/net/tcp-check.ts';
import type { Connect } from '../main/net/tls-transport.ts';
import { connectTls } from '../main/net/tls-transport.ts';
import { BROWSED } from './generated-zone.ts';
import type { Taken } from './octet-meter.ts';
import { OctetMeter } from './octet-meter.ts';
import type { StreamServerReady } from './stream-protocol.ts';

/** The core as the app has it, watching one domain, and a meter on its connection. */
export class WatchedStream {
  /** When the connection became secure, and when every row was there; by this process's clock. */
  readonly secureMs: number;
  readonly completeMs: number;
  readonly #workspace: Workspace;
  readonly #meter: OctetMeter;

  private constructor(workspace: Workspace, meter: OctetMeter) {
    this.#workspace = workspace;
    this.#meter = meter;
    this.secureMs = meter.secureMs;
    this.completeMs = performance.now();
  }

  /** Watches the server's domain; resolves when every service is there with all that it has. */
  static async open({ dnsPort, caPem }: StreamServerReady, services: number): Promise<WatchedStream> {
    const meter = new OctetMeter();
    const workspace = new Workspace({
      clock: systemClock,
      connect: metered(meter),
      checkTcp: checkTcp(systemClock),
      random: cryptoRandom,
      resolverAt: new ResolverDirectory({ clock: systemClock, random: cryptoRandom }).at,
      enumerationBases: () => Promise.resolve([]),
      updateIntervalMs: UPDATE_INTERVAL_MS,
    });
    const complete = new Promise<void>((resolve) => {
      const whole = new Set<string>();
      const stop = workspace.onUpdate(({ tables }) => {
        for (const row of tables.services?.put ?? []) if (isWhole(row)) whole.add(row.id);
        if (whole.size < services) return;
        stop();
        resolve();
      });
    });
    workspace.watch({ domain: BROWSED, resolver: { host: '127.0.0.1', port: dnsPort }, caPem });
    await complete;
    return new WatchedStream(workspace, meter);
  }

  get services(): readonly ServiceRow[] {
    return this.#workspace.snapshot().tables.services;
  }

  /** From the first octet of a stream until all of it has come through and been published. */
  take(octets: number, request: () => void): Promise<Taken> {
    return this.#meter.measure(octets, request, () => this.#workspace.snapshot());
  }

  close(): Promise<void> {
    return this.#workspace.close();
  }
}

/** Whether all records of a service have come. */
function isWhole({ port, addresses, txt }: ServiceRow): boolean {
  return port !== null && addresses !== null && txt !== null;
}

function metered(meter: OctetMeter): Connect {
  const contexts = new SecureContexts();
  return (target, events) =>
    connectTls(
      { ...target, clock: systemClock, contexts },
      {
        onPhase: (phase) => events.onPhase(phase),
        onSecure: (peer) => {
          meter.secureMs = performance.now();
          events.onSecure(peer);
        },
        onEnd: (end) => events.onEnd(end),
        onData: (chunk) => meter.pass(chunk.length, () => events.onData(chunk)),
      },
    );
}
