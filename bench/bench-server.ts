import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { throwAwayCertificate } from '../main/demo/certificate.ts';
import { DnsServer } from '../main/demo/dns-server.ts';
import { announcePush } from '../main/demo/push-announcement.ts';
import { PushListener } from '../main/demo/push-listener.ts';
import { Responder } from '../main/demo/responder.ts';
import { Zones } from '../main/demo/zones.ts';
import { systemClock } from '../main/net/clock.ts';
import type { Endpoint } from '../main/net/endpoint.ts';
import type { Change } from '../protocol/push/change.ts';
import { DOMAIN, generatedZone, SERVER } from './generated-zone.ts';

/**
 * The demo network's servers on a generated zone, in this process, so that the time at which a PUSH leaves and the time at
 * which it shows are read from one clock.
 */
export class BenchServer {
  readonly #zones: Zones;
  readonly #push: PushListener;
  readonly #dns: DnsServer;
  readonly #directory: string;

  private constructor(zones: Zones, push: PushListener, dns: DnsServer, directory: string) {
    this.#zones = zones;
    this.#push = push;
    this.#dns = dns;
    this.#directory = directory;
  }

  /** Starts it with so many services; a folder of its own holds the authority to trust. */
  static async start(services: number): Promise<BenchServer> {
    const zones = new Zones([generatedZone(services)]);
    const responder = new Responder(zones, [], systemClock);
    const certificate = throwAwayCertificate([String(SERVER).slice(0, -1)], [], Date.now());
    const directory = await mkdtemp(join(tmpdir(), 'herald-bench-'));
    await writeFile(join(directory, 'ca.pem'), certificate.caPem);
    const push = await PushListener.listen({
      port: 0,
      certificate,
      zones: {
        isAuthoritative: (name) => zones.isAuthoritative(name),
        matching: (question) => zones.matching(question),
        answer: (query) => responder.respond(query, true),
      },
      clock: systemClock,
    });
    announcePush(zones, SERVER, push.port);
    return new BenchServer(zones, push, await DnsServer.listen(responder, 0, systemClock), directory);
  }

  /** Where the DNS server listens. */
  get resolver(): Endpoint {
    return { host: '127.0.0.1', port: this.#dns.port };
  }

  /** The file with the authority to trust. */
  get caFile(): string {
    return join(this.#directory, 'ca.pem');
  }

  /** Makes a change to the zone and pushes what follows from it; returns when the PUSH was about to be made, by `performance.now`. */
  change(edits: readonly Change[]): number {
    const changes = this.#zones.zone(DOMAIN)!.apply(edits);
    const pushedMs = performance.now();
    this.#push.publish(changes);
    return pushedMs;
  }

  /** Stops it and removes its folder. */
  async end(): Promise<void> {
    await Promise.all([this.#push.close(), this.#dns.close()]);
    await rm(this.#directory, { recursive: true });
  }
}
