import type { Name } from '../../protocol/wire/name.ts';
import type { Clock } from './clock.ts';
import type { SystemDns } from './dns-list.ts';
import { subnetDomain } from '../../protocol/dnssd/domains.ts';
import type { Gateway } from './gateway.ts';
import type { InterfaceAddress, NetworkGlance, NetworkSources } from './network-change.ts';
import { networkGlance } from './network-change.ts';

/** More often than this a network is not read that changes again and again. */
const MAX_READINGS = 4;
/** How long a reading is taken to hold while nothing at hand looks different, as `SystemResolver` does. */
const READING_MS = 10_000;
/** The hardware address of an interface that has none. */
const NO_HARDWARE = /^[0:]*$/;

/** A domain with resolvers of its own, such as a VPN brings along, and what those are known by. */
export interface MarkedRoute {
  readonly domain: Name;
  readonly mark: string;
}

/** Where the machine is. */
export type Whereabouts =
  /** On no network at all. */
  | { readonly kind: 'nowhere' }
  /** On one whose router is not known yet by more than its address, which many have. */
  | { readonly kind: 'unsure'; readonly routes: readonly MarkedRoute[] }
  /** On the network with this mark. */
  | { readonly kind: 'network'; readonly mark: string; readonly routes: readonly MarkedRoute[] };

/** What this needs of the world. */
export interface SurroundingsParts {
  readonly clock: Clock;
  readonly sources: NetworkSources;
  /** Reads the machine's list of resolvers; it never rejects. */
  readonly readDns: () => Promise<SystemDns>;
  /** What a network or a route with these signs is known by. */
  readonly markOf: (signs: readonly unknown[]) => string;
}

/** What was read last. */
interface Reading {
  readonly glance: string;
  readonly readMs: number;
  readonly whereabouts: Whereabouts;
}

/**
 * Knows which network the machine is on, by what every program is told and no lease changes: the resolvers of all names,
 * the search domains, and the router with its address on the link where the system tells. It is looked at anew whenever
 * somebody asks, and read anew when anything looks different.
 */
export class Surroundings {
  readonly #parts: SurroundingsParts;
  #reading: Reading | undefined;
  #underWay: Promise<Whereabouts> | undefined;

  constructor(parts: SurroundingsParts) {
    this.#parts = parts;
  }

  /** Where the machine is now. */
  look(): Promise<Whereabouts> {
    const { clock, sources } = this.#parts;
    const reading = this.#reading;
    const { mark } = networkGlance(sources);
    if (reading?.glance === mark && clock.nowMs() - reading.readMs < READING_MS)
      return Promise.resolve(reading.whereabouts);
    this.#underWay ??= this.#read().finally(() => (this.#underWay = undefined));
    return this.#underWay;
  }

  /** Reads until nothing has changed meanwhile, for the two parts of a reading are to be of one network. */
  async #read(): Promise<Whereabouts> {
    const { clock, markOf, readDns, sources } = this.#parts;
    for (let tries = 0; tries < MAX_READINGS; tries++) {
      const glance = networkGlance(sources);
      const gateway = sources.gateway();
      const dns = await readDns();
      if (networkGlance(sources).mark !== glance.mark) continue;
      const whereabouts = whereaboutsOf(glance, gateway, dns, sources, markOf);
      this.#reading = { glance: glance.mark, readMs: clock.nowMs(), whereabouts };
      return whereabouts;
    }
    return { kind: 'unsure', routes: [] };
  }
}

function whereaboutsOf(
  { isConnected }: NetworkGlance,
  gateway: Gateway | undefined,
  { servers, searchDomains, routes }: SystemDns,
  sources: NetworkSources,
  markOf: SurroundingsParts['markOf'],
): Whereabouts {
  if (!isConnected) return { kind: 'nowhere' };
  const marked = routes.map(({ domain, servers: own }) => ({
    domain,
    mark: markOf([domain.key, own.map(endpointText).sort()]),
  }));
  const addresses = gateway === undefined ? [] : (sources.interfaces()[gateway.link] ?? []);
  const hasHardware = addresses.some(({ mac }) => !NO_HARDWARE.test(mac));
  const isSilent = gateway?.family === 'IPv4' && gateway.address !== null && gateway.hardware === null;
  if (isSilent && hasHardware) return { kind: 'unsure', routes: marked };
  const own = hasShown(gateway) ? { link: gateway.link, subnets: subnetsOf(addresses) } : undefined;
  const resolvers = servers.filter(({ host }) => !isOnLink(host, own)).map(endpointText);
  // Those with resolvers of their own come and go with a VPN, and this network stays what it is.
  const search = searchDomains.filter((domain) => !routes.some((route) => domain.isWithin(route.domain)));
  const router = gateway && [gateway.address ?? gateway.link, gateway.hardware];
  return {
    kind: 'network',
    mark: markOf([resolvers.sort(), search.map(({ key }) => key).sort(), router ?? null]),
    routes: marked,
  };
}

function hasShown(gateway: Gateway | undefined): gateway is Gateway {
  return gateway !== undefined && gateway.hardware !== null;
}

/** An address without the zone of its link, whose interface may have another name tomorrow (RFC 4007 §11). */
function endpointText({ host, port }: { readonly host: string; readonly port: number }): string {
  return `${host.split('%')[0]} ${port}`;
}

/** The link of a router that has shown itself, with its IPv6 subnets. */
interface Link {
  readonly link: string;
  readonly subnets: readonly { readonly name: string; readonly bits: number }[];
}

function subnetsOf(addresses: readonly InterfaceAddress[]): Link['subnets'] {
  return addresses.flatMap(({ cidr }) => {
    const [address = '', bits = ''] = (cidr ?? '').split('/');
    const name = address.includes(':') ? subnetDomain(address, Number(bits)) : undefined;
    return name === undefined ? [] : [{ name: name.key, bits: Number(bits) }];
  });
}

/**
 * Whether a resolver is on the router's own link, by IPv6: the router vouches for that link, and many providers give its
 * subnet, and with it such a resolver, another number every day.
 */
function isOnLink(host: string, own: Link | undefined): boolean {
  const [address = '', zone] = host.split('%');
  if (own === undefined || !address.includes(':')) return false;
  if (/^fe[89ab]/i.test(address)) return zone === own.link;
  return own.subnets.some(({ name, bits }) => subnetDomain(address, bits)?.key === name);
}
