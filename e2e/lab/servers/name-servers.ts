import path from 'node:path';
import type { Endpoint } from '../../../main/net/endpoint.ts';
import type { Command } from '../../testing/command.ts';
import type { Knot } from './knot.ts';
import { startNamed } from './named.ts';
import type { Programs } from './programs.ts';
import type { TlsFiles } from './tls-files.ts';
import { startUnbound } from './unbound.ts';

/** Where everything in the lab listens. */
export interface Places {
  /** unbound, which validates: UDP and TCP, and DNS over TLS. */
  readonly resolver: Endpoint;
  readonly resolverTls: Endpoint;
  /** unbound, which does not validate, as most resolvers do not. */
  readonly plainResolver: Endpoint;
  /** named, authoritative for all zones but those of knotd and the lame one; no recursion. */
  readonly authority: Endpoint;
  readonly authorityTls: Endpoint;
  /** knotd. */
  readonly knot: Endpoint;
  /** Nothing listens here. */
  readonly nobody: Endpoint;
}

/** What the servers of the lab are started from. */
export interface NameServersOptions {
  readonly programs: Programs;
  readonly folder: string;
  readonly places: Places;
  readonly tls: TlsFiles;
  readonly knot: Knot;
  /** Of the zones that named serves. */
  readonly zoneFiles: ReadonlyMap<string, string>;
  readonly anchorFile: string;
  /** Of all zones. */
  readonly origins: readonly string[];
}

/** Starts named, knotd and both unbounds, and hands each to `started`, also if a later one does not start. */
export async function startNameServers(
  options: NameServersOptions,
  started: (server: Command) => void,
): Promise<void> {
  const { programs, folder, places, tls, knot, zoneFiles, anchorFile, origins } = options;
  // knotd has what named has not, but for the lame zone, about which it refuses to answer.
  const authorities = new Map(
    origins.map((origin) => [origin, (zoneFiles.has(origin) ? places.authority : places.knot).port]),
  );
  started(
    await startNamed({
      program: programs.named,
      folder: path.join(folder, 'named'),
      port: places.authority.port,
      tls: { ...tls, port: places.authorityTls.port },
      zoneFiles,
    }),
  );
  started(await knot.start());
  const unbound = { program: programs.unbound, authorities };
  started(
    await startUnbound({
      ...unbound,
      folder: path.join(folder, 'unbound'),
      port: places.resolver.port,
      tls: { ...tls, port: places.resolverTls.port },
      anchorFile,
    }),
  );
  started(
    await startUnbound({
      ...unbound,
      folder: path.join(folder, 'unbound-plain'),
      port: places.plainResolver.port,
    }),
  );
}
