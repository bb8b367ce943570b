/** The router that the machine's traffic leaves by, and what tells it from another one with the same address. */
import { readFileSync } from 'node:fs';
import { endianness } from 'node:os';

/** Where the default route leads. */
export interface Gateway {
  readonly family: 'IPv4' | 'IPv6';
  /** The router's address, as the kernel writes it in hex; null where the link itself leads on, as a tunnel does. */
  readonly address: string | null;
  /** The interface. */
  readonly link: string;
  /**
   * The router's address on that link, such as `02:fc:00:00:00:05`; null while it has not been asked for, and where nobody
   * tells without being asked: of IPv6, and beyond a tunnel.
   */
  readonly hardware: string | null;
}

/** The tables of the Linux kernel, as text; empty where there are none. */
export interface KernelTables {
  /** `/proc/net/route`, `/proc/net/ipv6_route` and `/proc/net/arp`. */
  readonly ipv4: string;
  readonly ipv6: string;
  readonly arp: string;
}

// <linux/route.h>: the route is up, leads to a router, refuses what it matches.
const RTF_UP = 0x1;
const RTF_GATEWAY = 0x2;
const RTF_REJECT = 0x200;
/** <linux/if_arp.h>: the entry is complete. */
const ATF_COM = 0x2;

/** One default route. */
interface DefaultRoute {
  readonly address: string | null;
  readonly link: string;
  readonly metric: number;
}

/** The gateway of this machine; undefined where it has no default route, and on systems that tell programs only. */
export function machineGateway(): Gateway | undefined {
  if (process.platform !== 'linux') return undefined;
  const read = (file: string): string => {
    try {
      return readFileSync(`/proc/net/${file}`, 'utf8');
    } catch {
      return '';
    }
  };
  return parseGateway({ ipv4: read('route'), ipv6: read('ipv6_route'), arp: read('arp') });
}

/**
 * Reads the gateway from the tables of the kernel: that of the IPv4 route which is preferred, and of IPv6 only where there
 * is none, since both come and go by themselves and one is enough to know a network by. `order` is the machine's own: the
 * kernel writes IPv4 addresses as numbers.
 */
export function parseGateway(
  { ipv4, ipv6, arp }: KernelTables,
  order: 'LE' | 'BE' = endianness(),
): Gateway | undefined {
  const route = preferred(rowsOf(ipv4).flatMap(ipv4Default));
  if (route === undefined) {
    const other = preferred(rowsOf(ipv6).flatMap(ipv6Default));
    return other && { family: 'IPv6', address: other.address, link: other.link, hardware: null };
  }
  const { address, link } = route;
  if (address === null) return { family: 'IPv4', address, link, hardware: null };
  const octets = Buffer.from(address, 'hex');
  const dotted = (order === 'LE' ? octets.toReversed() : octets).join('.');
  const neighbour = rowsOf(arp).find(
    ([host, , flags, , , device]) => host === dotted && device === link && (Number(flags) & ATF_COM) !== 0,
  );
  return { family: 'IPv4', address, link, hardware: neighbour?.[3] ?? null };
}

function rowsOf(table: string): readonly (readonly string[])[] {
  return table.split('\n').map((line) => line.trim().split(/\s+/));
}

/** Iface, destination, gateway, flags, two counters, metric, mask. */
function ipv4Default(row: readonly string[]): readonly DefaultRoute[] {
  const [link = '', destination, address = '', flags = '', , , metric = '', mask] = row;
  if (destination !== '00000000' || mask !== '00000000') return [];
  return routeOf(link, address, parseInt(flags, 16), Number(metric));
}

/** Destination and its length, source and its length, next hop, metric, two counters, flags, interface. */
function ipv6Default(row: readonly string[]): readonly DefaultRoute[] {
  const [destination = '', bits, , , address = '', metric = '', , , flags = '', link = ''] = row;
  if (!/^0{32}$/.test(destination) || bits !== '00') return [];
  return routeOf(link, address, parseInt(flags, 16), parseInt(metric, 16));
}

function routeOf(link: string, address: string, flags: number, metric: number): readonly DefaultRoute[] {
  if ((flags & RTF_UP) === 0 || (flags & RTF_REJECT) !== 0) return [];
  return [{ link, address: (flags & RTF_GATEWAY) === 0 ? null : address, metric }];
}

function preferred(routes: readonly DefaultRoute[]): DefaultRoute | undefined {
  return routes.toSorted((a, b) => a.metric - b.metric)[0];
}
