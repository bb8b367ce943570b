import { rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Name } from '../../protocol/wire/name.ts';
import type { Clock } from '../net/clock.ts';
import { throwAwayCertificate } from './certificate.ts';
import { DnsServer } from './dns-server.ts';
import { startLife } from './life.ts';
import { loadZones } from './load-zones.ts';
import type { Misbehaviour } from './misbehaviour.ts';
import { DoubtedServices } from './doubted-service.ts';
import { announcePush } from './push-announcement.ts';
import { PushListener } from './push-listener.ts';
import { Responder } from './responder.ts';
import { DemoStartError } from './start-error.ts';
import { keyFileText, throwAwayKey } from './tsig-key.ts';
import { Zones } from './zones.ts';

/** What a demo network is started with. */
export interface DemoNetworkOptions {
  readonly clock: Clock;
  /** An existing folder, which `ca.pem` and `tsig.key` are written to. */
  readonly directory: string;
  /** A free port is picked for 0 or none. */
  readonly dnsPort?: number | undefined;
  readonly pushPort?: number | undefined;
  /** Master files to serve instead of `office.test` and `lab.test`. */
  readonly zoneFiles?: readonly string[] | undefined;
  /** No device comes, goes or changes by itself. */
  readonly quiet: boolean;
  /** A service whose record a client doubts is gone: RECONFIRM means nothing without it (RFC 8765 §6.5). */
  readonly heedsReconfirm?: boolean | undefined;
  /** A rule that the push server breaks in every session, for tests of clients. */
  readonly misbehaviour?: Misbehaviour | undefined;
}

/** A running demo network, all of it on 127.0.0.1. */
export interface DemoNetwork {
  /** Authoritative DNS and RFC 2136 updates, UDP and TCP. */
  readonly dnsPort: number;
  /** DNS Push over TLS. */
  readonly pushPort: number;
  /** The authority to trust, as a file and as text. */
  readonly caPath: string;
  readonly caPem: string;
  /** The key to sign updates with, in the form that `nsupdate -k` reads. */
  readonly tsigKeyPath: string;
  /** The push server's name, which its certificate is made out to: `push.office.test`. */
  readonly target: string;
  /** The names of the zones, without the root's dot. */
  readonly zones: readonly string[];
  /** The zones themselves, to look at and to change. */
  readonly store: Zones;
  /** How many clients are connected to the push server, and how many subscriptions they hold. */
  readonly sessionCount: number;
  readonly subscriptionCount: number;
  /** Sends the push clients away and stops listening, within a second. May be called twice. */
  close(): Promise<void>;
}

const TSIG_KEY_NAME = Name.of('herald-demo');
const LIFE_SEED = 8765;
/** Where the files stand in the source and in a build, from this folder and from that of the bundle alike. */
const ASSETS = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'assets', 'demo');
const DEFAULT_ZONE_FILES = [join(ASSETS, 'office.zone'), join(ASSETS, 'lab.zone')];

/**
 * Starts the demo network: zones, DNS, push server, certificate and key, all made anew. It rejects with a `DemoStartError` for
 * what a person can mend (a taken port, a zone file with a mistake, a full disk), and then nothing is left running.
 */
export async function startDemoNetwork(options: DemoNetworkOptions): Promise<DemoNetwork> {
  const { clock } = options;
  const directory = resolve(options.directory);
  const store = new Zones(await loadZones(options.zoneFiles ?? DEFAULT_ZONE_FILES));
  const zones = store.all.map(({ origin }) => hostText(origin));
  const target = store.all[0]!.origin.prepend('push');
  const key = throwAwayKey(TSIG_KEY_NAME);
  const certificate = throwAwayCertificate(
    [hostText(target), ...zones, 'localhost'],
    ['127.0.0.1'],
    clock.wallMs(),
  );
  const [caPath, tsigKeyPath] = [join(directory, 'ca.pem'), join(directory, 'tsig.key')];
  await writeNew(caPath, certificate.caPem, 0o644);
  await writeNew(tsigKeyPath, keyFileText(key), 0o600);

  const responder = new Responder(store, [key], clock);
  const doubts = new DoubtedServices(store, clock);
  const push = await PushListener.listen({
    port: options.pushPort ?? 0,
    certificate,
    zones: {
      isAuthoritative: (name) => store.isAuthoritative(name),
      matching: (question) => store.matching(question),
      doubted: (record) => {
        if (options.heedsReconfirm === true) doubts.doubted(record);
      },
      answer: (query) => responder.respond(query, true),
    },
    clock,
    misbehaviour: options.misbehaviour,
  });
  announcePush(store, target, push.port);
  let dns: DnsServer;
  try {
    dns = await DnsServer.listen(responder, options.dnsPort ?? 0, clock);
  } catch (error) {
    await push.close();
    throw error;
  }
  const stopPublishing = store.onChange((changes) => push.publish(changes));
  const stopLife = options.quiet ? () => undefined : startLife(store, clock, LIFE_SEED);

  return {
    dnsPort: dns.port,
    pushPort: push.port,
    caPath,
    caPem: certificate.caPem,
    tsigKeyPath,
    target: hostText(target),
    zones,
    store,
    get sessionCount() {
      return push.sessionCount;
    },
    get subscriptionCount() {
      return push.subscriptionCount;
    },
    async close() {
      stopLife();
      doubts.close();
      stopPublishing();
      await Promise.all([push.close(), dns.close()]);
    },
  };
}

/** Writes a file in the place of any that is there, whose mode it would keep otherwise. */
async function writeNew(path: string, text: string, mode: number): Promise<void> {
  try {
    await rm(path, { force: true });
    await writeFile(path, text, { mode });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DemoStartError(
      `${path} cannot be written, so nothing was started: ${reason}. Make room for it or choose another folder.`,
    );
  }
}

/** The name without the root's dot, as host names are written. */
function hostText(name: Name): string {
  return String(name).replace(/\.$/, '');
}
