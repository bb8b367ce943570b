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
const LOCAL = Name.of('local');

/** Where a machine looks for advice: its search domains, then the subnets of its interfaces, each once (RFC 6763 §11). */
export function enumerationBases(
  searchDomains: readonly Name[],
  interfaces: Interfaces,
): readonly EnumerationBase[] {
  const bases = new Map<string, EnumerationBase>();
  const add = (domain: Name | undefined, origin: string): void => {
    if (domain === undefined || domain.isWithin(LOCAL) || bases.has(domain.key)) return;
    if (domain.wire.length + LONGEST_PREFIX <= MAX_NAME_OCTETS) bases.set(domain.key, { domain, origin });
  };
  for (const domain of searchDomains) add(domain, `the search domain ${nameText(domain)}`);
  for (const [name, addresses = []] of Object.entries(interfaces)) {
    for (const { cidr, internal } of addresses) {
      const [address = '', bits = ''] = cidr?.split('/') ?? [];
      if (!internal && bits !== '')
        add(subnetDomain(address, Number(bits)), `the network of ${cidr} on ${name}`);
    }
  }
  return [...bases.values()].slice(0, MAX_BASES);
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
