import path from 'node:path';
import type { Endpoint } from '../../main/net/endpoint.ts';
import type { Command } from '../testing/command.ts';
import { PushServers } from './push/push-servers.ts';
import { pushZones } from './push/push-zones.ts';
import { HeldPorts } from './servers/held-ports.ts';
import { Knot } from './servers/knot.ts';
import type { Places } from './servers/name-servers.ts';
import { startNameServers } from './servers/name-servers.ts';
import type { Programs } from './servers/programs.ts';
import { findPrograms } from './servers/programs.ts';
import { writeAuthority, writeTlsFiles } from './servers/tls-files.ts';
import { Anchors } from './signing/anchors.ts';
import { signedZones } from './signing/signed-zones.ts';
import { BROKEN_ZONES } from './zones/broken-zones.ts';
import { INSECURE_ZONES } from './zones/insecure-zones.ts';
import type { LabZone } from './zones/lab-zone.ts';
import { SOUND_ZONES } from './zones/sound-zones.ts';
import { UPPER_ZONES } from './zones/upper-zones.ts';
import { zoneText } from './zones/zone-text.ts';

/** The name that the resolver's certificate is made out to. */
export const RESOLVER_NAME = 'resolver.lab';
/** How many places there are. */
const PLACES = 7;

/** A lab that runs, and what is in it. */
interface LabParts {
  readonly programs: Programs;
  readonly folder: string;
  readonly places: Places;
  readonly anchors: Anchors;
  readonly caFile: string;
  readonly zones: readonly LabZone[];
  readonly push: PushServers;
}

/**
 * A DNS of its own on 127.0.0.1: a signed root that nobody else knows, name servers and resolvers of three makers, and push
 * servers behind their records.
 */
export class Lab implements LabParts {
  readonly programs: Programs;
  /** A temporary folder, which outlives it. */
  readonly folder: string;
  readonly places: Places;
  readonly anchors: Anchors;
  /** The authority that vouches for the push servers and for the resolver. */
  readonly caFile: string;
  readonly zones: readonly LabZone[];
  readonly push: PushServers;
  readonly #servers: readonly Command[];

  private constructor(parts: LabParts, servers: readonly Command[]) {
    this.programs = parts.programs;
    this.folder = parts.folder;
    this.places = parts.places;
    this.anchors = parts.anchors;
    this.caFile = parts.caFile;
    this.zones = parts.zones;
    this.push = parts.push;
    this.#servers = servers;
  }

  /**
   * Makes keys and zones in an empty folder and starts everything. Where programs are missing it rejects with `MissingPrograms`;
   * then nothing is left running.
   */
  static async start(folder: string): Promise<Lab> {
    const push = new PushServers();
    const servers: Command[] = [];
    try {
      const parts = await prepare(folder, push, (server) => servers.push(server));
      return new Lab(parts, servers);
    } catch (error) {
      await endAll(servers, push);
      throw error;
    }
  }

  /** Ends all that it started. */
  close(): Promise<void> {
    return endAll(this.#servers, this.push);
  }
}

async function prepare(
  folder: string,
  push: PushServers,
  started: (server: Command) => void,
): Promise<LabParts> {
  const programs = await findPrograms(path.join(folder, 'bin'));
  const tls = await writeTlsFiles(folder, RESOLVER_NAME, 'push.no-dso.lab');
  const held = await HeldPorts.take(PLACES);
  const places = placesAt(held.numbers);
  try {
    const pushed = await pushZones(push, places);
    push.load(pushed.map((zone) => zoneText(zone)));
    const zones = [...UPPER_ZONES, ...SOUND_ZONES, ...INSECURE_ZONES, ...BROKEN_ZONES, ...pushed];
    const ofKnot = knotZones(zones);
    const knot = await Knot.prepare(programs, path.join(folder, 'knot'), places.knot.port, ofKnot);
    const { zoneFiles, rootKeys } = await signedZones(programs, path.join(folder, 'zones'), zones, knot.ds);
    const anchors = await Anchors.write(programs, folder, rootKeys);
    const origins = zones.map(({ origin }) => origin);
    const anchorFile = anchors.keysFile;
    await held.letGo();
    await startNameServers({ programs, folder, places, tls, knot, zoneFiles, anchorFile, origins }, started);
    return { programs, folder, places, anchors, caFile: await writeAuthority(folder), zones, push };
  } finally {
    await held.letGo();
  }
}

function knotZones(zones: readonly LabZone[]) {
  return zones.flatMap((zone) =>
    zone.signing?.by === 'knot'
      ? [{ origin: zone.origin, text: zoneText(zone), iterations: zone.signing.iterations }]
      : [],
  );
}

function placesAt(ports: readonly number[]): Places {
  const left = [...ports];
  const place = (): Endpoint => ({ host: '127.0.0.1', port: left.pop()! });
  return {
    resolver: place(),
    resolverTls: place(),
    plainResolver: place(),
    authority: place(),
    authorityTls: place(),
    knot: place(),
    nobody: place(),
  };
}

async function endAll(servers: readonly Command[], push: PushServers): Promise<void> {
  for (const server of servers) await server.kill();
  await push.close();
}
