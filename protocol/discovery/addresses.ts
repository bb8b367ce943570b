import type { Name } from '../wire/name.ts';
import { ipv4Rdata, ipv6Rdata } from '../wire/rdata.ts';
import type { ResourceRecord } from '../wire/record.ts';
import { Rcode, RecordClass, RecordType } from '../wire/registry.ts';
import type { Lookup } from './lookup.ts';
import { lookUp } from './lookup.ts';
import type { Procedure } from './procedure.ts';
import type { Security } from './security.ts';
import { weakest } from './security.ts';
import { spokenName } from './spoken-name.ts';

/** The addresses of a host. */
export type Addresses =
  | {
      readonly kind: 'found';
      /** At least one, in the order to try them: the families take turns, IPv6 first (RFC 8305 §4). */
      readonly addresses: readonly string[];
      /** The name at the end of the host's aliases: the base of its TLSA records (RFC 7671 §7). */
      readonly canonicalName: Name;
      /** How many seconds this may be used instead of asking again. */
      readonly ttlSeconds: number;
      /** Of the answers about both families and of every alias on the way: whether TLSA records may be asked for (RFC 7671 §7). */
      readonly security: Security;
    }
  | { readonly kind: 'none'; readonly reason: string; readonly ttlSeconds: number }
  | { readonly kind: 'failed'; readonly reason: string; readonly rcode?: number };

/** Looks up a host's IPv4 and IPv6 addresses at the same time. One family that fails does not hurt the other. */
export function* findAddresses(host: Name): Procedure<Addresses> {
  const lookups = yield* lookUp(host, [RecordType.AAAA, RecordType.A]);
  const [ipv6 = [], ipv4 = []] = lookups.map(addressesOf);
  const addresses = alternating(ipv6, ipv4);
  const successes = lookups.filter((lookup) => lookup.kind !== 'failed');
  const ttlSeconds = Math.min(...successes.map((lookup) => lookup.ttlSeconds));
  const withRecords = lookups.find((lookup) => lookup.kind === 'records');
  if (addresses.length > 0 && withRecords !== undefined) {
    const security = weakest(withRecords.security, ...successes.map((lookup) => lookup.security));
    return { kind: 'found', addresses, canonicalName: withRecords.owner, ttlSeconds, security };
  }
  const failed = lookups.find((lookup) => lookup.kind === 'failed');
  if (failed !== undefined) return failed;
  const isMissing = lookups.some((lookup) => lookup.kind === 'nothing' && lookup.rcode === Rcode.NXDOMAIN);
  return { kind: 'none', reason: noAddress(host, isMissing), ttlSeconds };
}

/** The address in an A or AAAA record, as text; undefined for any other and for one whose RDATA has the wrong length. */
export function addressOf(record: ResourceRecord): string | undefined {
  const { type, rdata } = record;
  if (record.class !== RecordClass.IN) return undefined;
  if (type === RecordType.A && rdata.length === 4) return ipv4Rdata(rdata);
  if (type === RecordType.AAAA && rdata.length === 16) return ipv6Rdata(rdata);
  return undefined;
}

function addressesOf(lookup: Lookup): readonly string[] {
  return lookup.kind === 'records' ? lookup.records.flatMap((record) => addressOf(record) ?? []) : [];
}

function alternating(first: readonly string[], second: readonly string[]): readonly string[] {
  const longer = first.length > second.length ? first : second;
  const turns = longer.flatMap((_, at) => [first[at], second[at]]);
  return turns.filter((address) => address !== undefined);
}

function noAddress(host: Name, isMissing: boolean): string {
  const problem = isMissing ? 'does not exist' : 'has no address';
  return `The host ${spokenName(host)} ${problem}, so nothing can connect to it: the domain is set up wrong. Ask who runs it.`;
}
