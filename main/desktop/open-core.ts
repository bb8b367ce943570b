import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { historyEntry } from '../browse/history-entry.ts';
import { machineBases } from '../browse/machine-bases.ts';
import type { ServiceNews } from '../browse/service-news.ts';
import { Places } from '../browse/places.ts';
import { Workspace } from '../browse/workspace.ts';
import type { DomainRequest } from '../browse/domain-request.ts';
import { startDemoNetwork } from '../demo/demo-network.ts';
import { ROOT_ANCHOR_FILE, readAnchorFile } from '../net/anchor-files.ts';
import { systemClock } from '../net/clock.ts';
import { MACHINE_NETWORK } from '../net/network-change.ts';
import { cryptoRandom } from '../net/random.ts';
import { ResolverDirectory } from '../net/resolver-directory.ts';
import { SecureContexts } from '../net/secure-contexts.ts';
import { Surroundings } from '../net/surroundings.ts';
import { systemDns } from '../net/system-dns.ts';
import { checkTcp } from '../net/tcp-check.ts';
import { connectTls } from '../net/tls-transport.ts';
import type { ReadTrust } from '../net/domain-trust.ts';
import { HistoryLog } from '../storage/history-log.ts';
import { ServiceCache } from '../storage/service-cache.ts';
import type { WatchedDomain } from '../storage/settings.ts';
import { readTrustFiles } from '../storage/trust-files.ts';
import type { TrustAnchor } from '../../protocol/dnssec/trust-anchor.ts';
import { foldAscii } from '../../protocol/wire/name.ts';
import type { Core } from './core.ts';
import type { SettingsPlaces } from './place-book.ts';
import { trustFilesOf } from './trust-of-domain.ts';

/** How often a window is sent rows at most, in milliseconds. */
const UPDATE_INTERVAL_MS = 50;

/** What the core is opened with. */
export interface CoreParts {
  /** The folder that holds everything Herald keeps. */
  readonly dataFolder: string;
  /** The domains that the user added in earlier runs. */
  readonly domains: readonly WatchedDomain[];
  /** The file with the user's own keys for DNSSEC; null for the root's. */
  readonly anchorFile: string | null;
  /** Whether to run the embedded demo network, and whether to keep it still. */
  readonly isDemo: boolean;
  readonly isQuiet: boolean;
  /** Whether this run ends by itself, and watches nothing of the user's. */
  readonly isOnce: boolean;
  /** Whether changes are told as lines, which somebody reads whatever the window shows. */
  readonly tellsLines: boolean;
  /** Told of what happens to services, with the name of their domain as shown. */
  readonly told: (news: readonly ServiceNews[], domain: string) => void;
  /** Where domains belong. */
  readonly places: SettingsPlaces;
  /** Told of what does not keep Herald from starting, in sentences for people. */
  readonly say: (message: string) => void;
}

/** A core that watches nothing yet, and the domains of the demo network, if that runs. */
export interface OpenedCore {
  readonly core: Core;
  /** Begins to watch those and the user's. */
  readonly begin: () => void;
  readonly demoDomains: readonly string[];
  /** Watches a domain anew, reached in another way. */
  readonly rewatch: (domain: WatchedDomain) => void;
  /** Finds out on which network the machine is, and asks there for what may be asked: for when it may be another one. */
  readonly lookAround: () => void;
  /** Asks for what may be asked for now: for when the choices of a person have changed. */
  readonly review: () => void;
}

/** Opens the browsing core on the real network; it rejects where the demo network cannot be started. */
export async function openCore(parts: CoreParts): Promise<OpenedCore> {
  const contexts = new SecureContexts();
  const history = new HistoryLog(path.join(parts.dataFolder, 'history'), systemClock, parts.say);
  const serviceMemory = new ServiceCache(path.join(parts.dataFolder, 'services'), systemClock, parts.say);
  const anchors = await trustAnchors(parts);
  const resolvers = new ResolverDirectory({ clock: systemClock, random: cryptoRandom, anchors });
  const places = new Places({
    book: parts.places,
    surroundings: new Surroundings({
      clock: systemClock,
      sources: MACHINE_NETWORK,
      readDns: systemDns,
      markOf: parts.places.markOf,
    }),
    moved: (before) => {
      if (before !== undefined) resolvers.forget();
      workspace.review();
    },
  });
  const lookAround = (): void => void places.look(); // it never rejects
  const workspace = new Workspace({
    clock: systemClock,
    connect: (target, told) => connectTls({ ...target, clock: systemClock, contexts }, told),
    checkTcp: checkTcp(systemClock),
    random: cryptoRandom,
    resolverAt: resolvers.at,
    enumerationBases: machineBases,
    gateOf: (domain, { isPassing = false, isSuggested = false }) => {
      if (isPassing) return undefined;
      parts.places.begin(domain.id, isSuggested);
      return places.gateOf(domain);
    },
    updateIntervalMs: UPDATE_INTERVAL_MS,
    keepsMemory: true,
    followsViews: !parts.tellsLines,
    serviceMemory,
    told: (news, { text, isPassing }) => {
      if (!isPassing) history.add(news.map((one) => historyEntry(one, text)));
      parts.told(news, text);
    },
  });
  const watch = (request: DomainRequest): void => {
    const result = workspace.watch(request);
    if (!result.ok) parts.say(result.message);
  };

  // A run that watches the demo network alone knows nothing of the domains that are kept.
  if (!parts.isOnce) serviceMemory.keepOnly(parts.domains.map(({ name }) => foldAscii(name)));
  const demo = parts.isDemo ? await startDemo(parts) : null;
  const begin = (): void => {
    for (const domain of demo?.zones ?? []) watch({ domain, isPassing: true, ...demo?.trust });
    for (const domain of parts.domains) watch(requestOf(domain));
    lookAround();
  };

  const core: Core = {
    snapshot: () => workspace.snapshot(),
    onUpdate: (listener) => workspace.onUpdate(listener),
    execute: (command) => workspace.execute(command),
    pause: (reason) => workspace.pause(reason),
    narrow: (reason) => workspace.narrow(reason),
    resume: () => workspace.resume(),
    suspect: () => workspace.suspect(),
    look: (window, view) => workspace.look(window, view),
    showFavourites: (favourites) => workspace.showFavourites(favourites),
    callOut: (callout) => workspace.callOut(callout),
    showActivity: (activity) => workspace.showActivity(activity),
    close: async () => {
      await workspace.close();
      await history.flush();
      resolvers.close();
      await demo?.close();
    },
  };
  const rewatch = (domain: WatchedDomain): void => {
    workspace.execute({ kind: 'remove-domain', id: foldAscii(domain.name) });
    watch(requestOf(domain));
  };
  return {
    core,
    begin,
    demoDomains: demo?.zones ?? [],
    rewatch,
    lookAround,
    review: () => workspace.review(),
  };
}

/**
 * The keys that DNSSEC begins with. Without them nothing is taken for signed, and no others are taken in place of those of
 * the user; that never keeps Herald from starting.
 */
async function trustAnchors({ anchorFile, say }: CoreParts): Promise<readonly TrustAnchor[]> {
  const read = await readAnchorFile(anchorFile ?? ROOT_ANCHOR_FILE);
  if (read.ok) return read.anchors;
  say(`${read.message} Until then no DNSSEC signature is checked.`);
  return [];
}

async function startDemo({ isQuiet, say }: CoreParts) {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'herald-demo-'));
  const remove = (): void => fs.rmSync(directory, { recursive: true, force: true });
  try {
    const network = await startDemoNetwork({ clock: systemClock, directory, quiet: isQuiet });
    const { dnsPort, pushPort, tsigKeyPath, caPem, zones } = network;
    say(
      `The demo network answers DNS on 127.0.0.1 port ${dnsPort} and pushes on port ${pushPort}; nsupdate’s key is ${tsigKeyPath}`,
    );
    return {
      zones,
      trust: { resolver: { host: '127.0.0.1', port: dnsPort }, caPem },
      close: async () => {
        remove();
        await network.close();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Files are read whenever its server is looked for: one that cannot be read fails the domain, with that reason. */
function requestOf(domain: WatchedDomain): DomainRequest {
  const { name, resolver } = domain;
  const trust = (): ReadTrust => readTrustFiles(trustFilesOf(domain));
  return { domain: name, trust, ...(resolver === null ? {} : { resolver }) };
}
