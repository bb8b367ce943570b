import type { Name } from '../wire/name.ts';
import type { Srv } from '../wire/rdata.ts';
import { RecordType } from '../wire/registry.ts';
import type { Addresses } from './addresses.ts';
import { findAddresses } from './addresses.ts';
import type { Lookup } from './lookup.ts';
import { lookUp } from './lookup.ts';
import type { Procedure } from './procedure.ts';
import type { Security } from './security.ts';
import { sideBySide } from './side-by-side.ts';
import { spokenName } from './spoken-name.ts';
import type { Tlsa } from './tlsa.ts';
import { usableTlsa } from './tlsa.ts';

/**
 * How good the name is that a server's certificate has to bear, best first. `signed`: DNSSEC vouches for it. `domain`: it
 * lies in the domain that a person asked for, or is its zone's. `target`: DNS said so, which anybody on the way can forge.
 */
export type NameLevel = 'signed' | 'domain' | 'target';

/** A name that a certificate may bear, and how good that is. */
export interface ReferenceName {
  readonly name: Name;
  readonly level: NameLevel;
}

/** What a push server has to show before anything is sent to it. */
export type Demand =
  /** A certificate that one of its TLSA records fits, whoever else vouches for it (RFC 6698 §4.1). */
  | {
      readonly kind: 'dane';
      /** Those that can be used; at least one. */
      readonly records: readonly Tlsa[];
      /** Where they stand, port and transport aside: the name to ask the server for, by SNI (RFC 7671 §7). */
      readonly baseName: Name;
      /** The names that a certificate may bear where the usage of a record wants one of them, the base first. */
      readonly names: readonly Name[];
    }
  /** A certificate of a trusted authority for one of these names, the best of which counts. */
  | { readonly kind: 'pkix'; readonly names: readonly ReferenceName[] };

/** What a target was found by. */
export interface TargetContext {
  /** What a person asked for: the one name that nobody on the way can have chosen. */
  readonly domain: Name;
  /** The zone that it lies in, as the SOA record has it. */
  readonly zone: Name;
  /** Of the SRV records; never bogus. */
  readonly srvSecurity: Security;
  /** Whether a name that DNS alone vouches for is not enough. */
  readonly isStrict: boolean;
  /** Addresses that came along with the SRV records, where they may be used (see `PushServers`). */
  readonly addresses: readonly string[] | undefined;
}

/** A target of an SRV record, ready to be connected to; or why it is passed over. */
export type FoundTarget =
  | {
      readonly kind: 'found';
      readonly addresses: readonly string[];
      readonly demand: Demand;
      /** How many seconds this may be used instead of asking again; those of addresses that came along are not known. */
      readonly ttlSeconds: number | undefined;
    }
  /** It cannot be connected to. `isKept`: because an answer about it is bogus, or was kept back; not because it has no address. */
  | { readonly kind: 'skipped'; readonly reason: string; readonly isKept: boolean }
  /** It must not be: how it shows who it is could not be learned, or is not understood. */
  | { readonly kind: 'unproven'; readonly addresses: readonly string[]; readonly reason: string };

/**
 * Finds out where a target is and what it has to show. Where DNSSEC vouches for the SRV record, its TLSA records are asked
 * for beside its addresses, and heeded when it vouches for those too; where it does not, they are not asked for at all, for
 * whoever could forge the one could forge the other (RFC 7673 §3).
 */
export function* findTarget(srv: Srv, context: TargetContext): Procedure<FoundTarget> {
  const { target } = srv;
  const { addresses, srvSecurity } = context;
  if (srvSecurity.kind !== 'secure') {
    const names = unsignedNames(target, context);
    if (addresses !== undefined)
      return { kind: 'found', addresses, demand: { kind: 'pkix', names }, ttlSeconds: undefined };
    const found = yield* findAddresses(target);
    return found.kind === 'found' ? withDemand(found, { kind: 'pkix', names }) : skipped(found);
  }
  const [found, lookup] = yield* sideBySide(findAddresses(target), lookUpTlsa(target, srv.port));
  if (found.kind !== 'found') return skipped(found);
  const bySignedName: Demand = { kind: 'pkix', names: signedNames([target, context.zone]) };
  if (found.security.kind !== 'secure') return withDemand(found, bySignedName);
  const candidates = [{ baseName: target, tlsa: lookup }];
  // Of the two names that an alias leaves to look under, the one at its end comes first (RFC 7671 §7).
  const { canonicalName } = found;
  if (!canonicalName.equals(target))
    candidates.unshift({ baseName: canonicalName, tlsa: yield* lookUpTlsa(canonicalName, srv.port) });
  for (const { baseName, tlsa } of candidates) {
    const demand = demandOf(tlsa, baseName, [baseName, target, context.zone]);
    if (demand === 'unknown') return unproven(found, unknownTlsa(target, tlsa));
    if (demand === 'unusable') return unproven(found, unusableTlsa(baseName));
    if (demand !== 'none') return withDemand(found, demand);
  }
  return withDemand(found, bySignedName);
}

/** Where the TLSA records of a host stand: `_853._tcp.push.office.test` (RFC 6698 §3, RFC 7673 §3.3). */
function* lookUpTlsa(host: Name, port: number): Procedure<Lookup> {
  const labels = [`_${port}`, '_tcp'] as const;
  const octets = labels.reduce((sum, label) => sum + 1 + label.length, host.wire.length);
  // Under a name that leaves no room for them there are none, provably.
  if (octets > 255) return { kind: 'nothing', owner: host, rcode: 0, ttlSeconds: 0, security: SECURE };
  const [lookup] = yield* lookUp(host.prepend(...labels), [RecordType.TLSA]);
  if (lookup === undefined) throw new TypeError('lookUp gives one result for each type');
  return lookup;
}

const SECURE: Security = { kind: 'secure' };

function demandOf(
  lookup: Lookup,
  baseName: Name,
  names: readonly Name[],
): Demand | 'none' | 'unknown' | 'unusable' {
  // To a zone that holds addresses securely, an answer that could not be checked is as good as one that was kept back.
  if (lookup.kind === 'failed' || lookup.security.kind === 'indeterminate') return 'unknown';
  if (lookup.kind === 'nothing' || lookup.security.kind !== 'secure') return 'none';
  const records = usableTlsa(lookup.records.map(({ rdata }) => rdata));
  // No push without authentication: what is published and not understood keeps away (RFC 7671 §10.3).
  return records.length === 0 ? 'unusable' : { kind: 'dane', records, baseName, names: distinct(names) };
}

type Located = Extract<Addresses, { readonly kind: 'found' }>;

function withDemand({ addresses, ttlSeconds }: Located, demand: Demand): FoundTarget {
  return { kind: 'found', addresses, demand, ttlSeconds };
}

function skipped({ kind, reason }: Exclude<Addresses, Located>): FoundTarget {
  return { kind: 'skipped', reason, isKept: kind === 'failed' };
}

function unproven({ addresses }: Located, reason: string): FoundTarget {
  return { kind: 'unproven', addresses, reason };
}

/** DNSSEC vouches for the target, and the zone is what it is the server of (RFC 7673 §4.1). */
function signedNames(names: readonly Name[]): readonly ReferenceName[] {
  return distinct(names).map((name) => ({ name, level: 'signed' }));
}

/**
 * Without DNSSEC the target is a name that anybody on the way can have chosen, and so is the zone: a certificate for the
 * zone itself shows something all the same, since the zone encloses the domain; one for a name in it does not.
 */
function unsignedNames(target: Name, { domain, zone, isStrict }: TargetContext): readonly ReferenceName[] {
  const own = distinct([domain, zone, ...(target.isWithin(domain) ? [target] : [])]);
  const names = own.map((name): ReferenceName => ({ name, level: 'domain' }));
  return isStrict || target.isWithin(domain) ? names : [...names, { name: target, level: 'target' }];
}

function distinct(names: readonly Name[]): readonly Name[] {
  return names.filter((name, at) => names.findIndex((other) => other.equals(name)) === at);
}

function unknownTlsa(target: Name, lookup: Lookup): string {
  const why =
    lookup.kind === 'failed' ? lookup.reason : 'Try again later, or choose another resolver for this domain.';
  return (
    `It could not be learned how ${spokenName(target)} shows who it is, though its domain is signed: that is no reason to ` +
    `ask for less. ${why}`
  );
}

function unusableTlsa(baseName: Name): string {
  return (
    `The TLSA records of ${spokenName(baseName)} say how it shows who it is in a way that Herald does not understand, so ` +
    'nothing was sent. Who runs the domain has to publish a record that clients understand, such as 3 1 1.'
  );
}
