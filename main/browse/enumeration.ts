import type { Suggestion } from '../contract/suggestion.ts';
import { run } from '../net/procedure.ts';
import type { Resolver } from '../net/resolver.ts';
import { lookUp } from '../../protocol/discovery/lookup.ts';
import type { EnumerationKind } from '../../protocol/dnssd/domains.ts';
import { enumerationName, subnetDomain } from '../../protocol/dnssd/domains.ts';
import { foldAscii, MAX_NAME_OCTETS, Name } from '../../protocol/wire/name.ts';
import { nameRdata } from '../../protocol/wire/rdata.ts';
import { RecordType } from '../../protocol/wire/registry.ts';
import { nameText } from './rows.ts';

/** A domain that is asked which domains to browse, and why it is. */
export interface EnumerationBase {
  readonly domain: Name;
  /** As a sentence has it: `the search domain office.test`, `the network of 192.0.2.34/24 on eth0`. */
  readonly origin: string;
}

/** The addresses of this machine, by interface: what `os.networkInterfaces()` gives. */
export type Interfaces = Readonly<
  Record<string, readonly { readonly cidr: string | null; readonly internal: boolean }[] | undefined>
>;

/** One record that names a domain. */
interface Found {
  readonly kind: EnumerationKind;
  readonly base: EnumerationBase;
  readonly target: Name;
}

/** The lists that are asked for: to browse, to browse by default, to browse without being told to (RFC 6763 §11). */
const KINDS: readonly EnumerationKind[] = ['b', 'db', 'lb'];
const LONGEST_PREFIX = 'lb._dns-sd._udp.'.length;
/** A machine with many containers has many networks; their administrator is asked once, not a hundred times. */
const MAX_BASES = 16;
/** A VPN may bring many search domains, which must not keep the networks from being asked, or the other way round. */
const MIN_SHARE = MAX_BASES / 2;
const LOCAL = Name.of('local');

/**
 * Where a machine looks for advice: its search domains, then the subnets of its interfaces, each once (RFC 6763 §11). An
 * address that is a subnet by itself, as of a tunnel or from DHCPv6, comes last: hardly anybody keeps records for it.
 */
export function enumerationBases(
  searchDomains: readonly Name[],
  interfaces: Interfaces,
): readonly EnumerationBase[] {
  const search = searchDomains.map((domain) => ({
    domain,
    origin: `the search domain ${nameText(domain)}`,
  }));
  const subnets = Object.entries(interfaces).flatMap(([name, addresses = []]) =>
    addresses.flatMap(({ cidr, internal }) => (internal || cidr === null ? [] : subnetOf(cidr, name))),
  );
  const single = (subnet: Subnet): number => Number(subnet.isSingle);
  const [first, second] = [usable(search), usable(subnets.toSorted((a, b) => single(a) - single(b)))];
  const searchShare = Math.max(MIN_SHARE, MAX_BASES - second.length);
  return usable([...first.slice(0, searchShare), ...second]).slice(0, MAX_BASES);
}

interface Subnet extends EnumerationBase {
  /** Whether it has one address only. */
  readonly isSingle: boolean;
}

/** The subnet of an address like `192.0.2.34/24`; none for a link-local one. */
function subnetOf(cidr: string, name: string): readonly Subnet[] {
  const [address = '', bits = ''] = cidr.split('/');
  const domain = bits === '' ? undefined : subnetDomain(address, Number(bits));
  const isSingle = Number(bits) === (address.includes(':') ? 128 : 32);
  return domain === undefined ? [] : [{ domain, origin: `the network of ${cidr} on ${name}`, isSingle }];
}

/** Those that may be asked, each once. */
function usable(bases: readonly EnumerationBase[]): readonly EnumerationBase[] {
  const known = new Map<string, EnumerationBase>();
  for (const { domain, origin } of bases) {
    const fits = domain.wire.length + LONGEST_PREFIX <= MAX_NAME_OCTETS;
    if (fits && !domain.isWithin(LOCAL) && !known.has(domain.key)) known.set(domain.key, { domain, origin });
  }
  return [...known.values()];
}

/**
 * Asks all bases at the same time which domains to browse. The answers are merged by domain, the default first; a base that
 * cannot be asked gives none, for all of it is advice.
 */
export async function suggestDomains(
  bases: readonly EnumerationBase[],
  resolver: Resolver,
  signal?: AbortSignal,
): Promise<readonly Suggestion[]> {
  const asked = bases.flatMap((base) => KINDS.map((kind) => ask(base, kind, resolver, signal)));
  const found = (await Promise.all(asked)).flat();
  const byDomain = new Map<string, Found[]>();
  for (const one of found) byDomain.set(one.target.key, [...(byDomain.get(one.target.key) ?? []), one]);
  const suggestions = [...byDomain.values()].map(suggestionOf);
  return suggestions.toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault));
}

async function ask(
  base: EnumerationBase,
  kind: EnumerationKind,
  resolver: Resolver,
  signal: AbortSignal | undefined,
): Promise<readonly Found[]> {
  const name = enumerationName(kind, base.domain);
  const [lookup] = await run(lookUp(name, [RecordType.PTR]), resolver, signal);
  if (lookup?.kind !== 'records') return [];
  return lookup.records
    .map(({ rdata }) => ({ kind, base, target: nameRdata(rdata) }))
    .filter(({ target }) => !target.isRoot && !target.isWithin(LOCAL));
}

function suggestionOf(found: readonly Found[]): Suggestion {
  const name = nameText(found[0]!.target);
  const listed = new Set(found.filter(({ kind }) => kind === 'b').map(({ base }) => base.domain.key));
  return {
    id: foldAscii(name),
    name,
    // A default that is not among those to browse is none (RFC 8766 §5.2.1).
    isDefault: found.some(({ kind, base }) => kind === 'db' && listed.has(base.domain.key)),
    sources: found.map(
      ({ kind, base }) => `${nameText(enumerationName(kind, base.domain))}, asked for ${base.origin}`,
    ),
  };
}
