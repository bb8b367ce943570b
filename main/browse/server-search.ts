import type { Step } from '../contract/ladder.ts';
import { run } from '../net/procedure.ts';
import type { Resolver } from '../net/resolver.ts';
import type { Security } from '../../protocol/discovery/security.ts';
import { findServers, orderServers } from '../../protocol/discovery/servers.ts';
import type { Demand, ReferenceName } from '../../protocol/discovery/trust.ts';
import { findTarget } from '../../protocol/discovery/trust.ts';
import { findZone } from '../../protocol/discovery/zone-cut.ts';
import type { BrowseScope } from '../../protocol/dnssd/instance-name.ts';
import { browseName } from '../../protocol/dnssd/instance-name.ts';
import { servicesName } from '../../protocol/dnssd/domains.ts';
import type { Name } from '../../protocol/wire/name.ts';
import type { Srv } from '../../protocol/wire/rdata.ts';
import type { DomainTrust } from '../net/domain-trust.ts';
import type { PushServerTarget } from './push-server-target.ts';
import type { StepNews } from './ladder.ts';
import { nameText } from './rows.ts';
import type { RankedName, RefusedServer, ServerTrust } from './server-trust.ts';

/** Why a domain is not live. */
export interface Failure {
  readonly step: Step;
  /** What happened, what it means, what to do. */
  readonly reason: string;
  /** Whether somebody on the way may be behind it, so that less may not be asked for instead; who somebody is always is. */
  readonly isSuspect?: boolean;
  /** The server that was left for what it showed, if that was why. */
  readonly refused?: RefusedServer | undefined;
}

/** The push servers of a zone, at least one. */
export interface ServersOfZone {
  readonly zone: Name;
  /** In the order to try them. */
  readonly servers: readonly Srv[];
  /** Those that came along unasked, by `target.key`. */
  readonly addresses: ReadonlyMap<string, readonly string[]>;
  /** Of the SRV records. */
  readonly security: Security;
  /** How many seconds this may be used instead of looking again. */
  readonly ttlSeconds: number;
}

/** What discovery found. */
export type FoundServers =
  | ({ readonly kind: 'found' } & ServersOfZone)
  /** The zone has no push server: it has to be polled (RFC 8765 §6.8). */
  | ({ readonly kind: 'none'; readonly zone: Name } & Failure)
  /** It could not be found out. */
  | ({ readonly kind: 'failed' } & Failure);

/** What servers are looked for. */
export interface SearchSubject {
  /** The name that will be subscribed to first, where the search begins (RFC 8765 §6.1). */
  readonly name: Name;
  /** The domain that a person named, if `name` was made from one: it is then told whether that exists. */
  readonly domain?: Name;
}

/** What browsing a scope looks for first: its list of types, or of instances of its type. */
export function searchSubject({ domain, type }: BrowseScope): SearchSubject {
  return { name: type === undefined ? servicesName(domain) : browseName(type, domain), domain };
}

/** What a search needs. */
export interface SearchDependencies {
  readonly resolver: Resolver;
  /** From 0 up to but not including 1. */
  readonly random: () => number;
  readonly progressed: (news: StepNews) => void;
}

/**
 * Looks for the push servers of what is browsed, beginning with the name that will be subscribed to (RFC 8765 §6.1).
 * Aborted by `signal`, it ends soon with any result.
 */
export async function searchServers(
  { name, domain }: SearchSubject,
  { resolver, random, progressed }: SearchDependencies,
  signal: AbortSignal,
): Promise<FoundServers> {
  progressed({ kind: 'started', step: 'zone' });
  const cut = await run(findZone(name, domain), resolver, signal);
  if (cut.kind === 'not-found') return { kind: 'failed', step: 'zone', reason: cut.reason };
  progressed({ kind: 'passed', step: 'zone', text: zoneText(cut.zone, domain ?? name), evidence: [] });
  progressed({ kind: 'started', step: 'srv' });
  const found = await run(findServers(cut.zone), resolver, signal);
  if (found.kind === 'failed') return { kind: 'failed', step: 'srv', reason: found.reason };
  if (found.kind === 'none') return { kind: 'none', zone: cut.zone, step: 'srv', reason: found.reason };
  const servers = orderServers(found.srvs, random);
  progressed({ kind: 'passed', step: 'srv', text: serversText(cut.zone, servers), evidence: [] });
  const ttlSeconds = Math.min(cut.ttlSeconds, found.ttlSeconds);
  const { addresses, security } = found;
  return { kind: 'found', zone: cut.zone, servers, addresses, security, ttlSeconds };
}

/** What became of a search for one server. */
export type FoundServer =
  | {
      readonly kind: 'found';
      readonly target: PushServerTarget;
      /** What has to hold of it besides. */
      readonly trust: ServerTrust;
    }
  | ({ readonly kind: 'failed' } & Failure);

/** For whom a server is looked for. */
export interface ServerSubject extends SearchSubject {
  /** What it is for, as people say it. */
  readonly text: string;
}

/** Finds where a server of the zone is, and what it has to show there. */
export async function searchServer(
  server: Srv,
  { zone, addresses: along, security }: ServersOfZone,
  { name, domain, text }: ServerSubject,
  trust: DomainTrust,
  { resolver, progressed }: SearchDependencies,
  signal: AbortSignal,
): Promise<FoundServer> {
  const { isStrict = false } = trust;
  const addresses = along.get(server.target.key);
  const isKnown = addresses !== undefined;
  if (!isKnown) progressed({ kind: 'started', step: 'address' });
  const context = { domain: domain ?? name, zone, srvSecurity: security, isStrict, addresses };
  const found = await run(findTarget(server, context), resolver, signal);
  if (found.kind === 'skipped') {
    // Where DNSSEC vouches for the server, who keeps back its addresses may want us to ask elsewhere.
    const isSuspect = found.isKept && security.kind === 'secure';
    return { kind: 'failed', step: 'address', reason: found.reason, isSuspect };
  }
  const how = isKnown ? ', as the answer about the push server told unasked' : '';
  const passed = addressesText(server, found.addresses, how);
  progressed({ kind: 'passed', step: 'address', text: passed, evidence: [] });
  if (found.kind === 'unproven') return { kind: 'failed', step: 'identity', reason: found.reason };
  const { demand } = found;
  const target = { host: server.target, port: server.port, ...targetOf(demand, server, trust) };
  const names = demand.kind === 'dane' ? [] : demand.names.map(ranked);
  return {
    kind: 'found',
    target: { ...target, addresses: found.addresses },
    trust: { domain: domain === undefined ? text : nameText(domain), names, isStrict },
  };
}

/** Whom to ask for by SNI, and what everybody demands who shares the session. */
function targetOf(
  demand: Demand,
  { target }: Srv,
  { caPem, pins, client }: DomainTrust,
): Pick<PushServerTarget, 'serverName' | 'policy'> {
  const names = demand.kind === 'dane' ? demand.names : demand.names.map(({ name }) => name);
  const policy = {
    names: names.map(nameText),
    ...(demand.kind === 'dane' ? { dane: demand.records } : {}),
    ...(caPem === undefined ? {} : { ca: caPem }),
    ...(pins === undefined || pins.length === 0 ? {} : { pins }),
    ...(client === undefined ? {} : { client }),
  };
  return { serverName: nameText(demand.kind === 'dane' ? demand.baseName : target), policy };
}

function ranked({ name, level }: ReferenceName): RankedName {
  return { name: nameText(name), level };
}

function zoneText(zone: Name, name: Name): string {
  return zone.equals(name)
    ? `${nameText(name)} is a zone of its own.`
    : `${nameText(name)} lies in the zone ${nameText(zone)}.`;
}

function serversText(zone: Name, servers: readonly Srv[]): string {
  const [first] = servers.map(({ target, port }) => `${nameText(target)} port ${port}`);
  return servers.length === 1
    ? `The push server of ${nameText(zone)} is ${first}.`
    : `${nameText(zone)} has ${servers.length} push servers; ${first} is tried first.`;
}

function addressesText({ target }: Srv, addresses: readonly string[], how: string): string {
  const noun = addresses.length === 1 ? 'the address' : 'the addresses';
  return `${nameText(target)} has ${noun} ${addresses.join(', ')}${how}.`;
}
