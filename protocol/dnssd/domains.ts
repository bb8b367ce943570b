import { ipv4Octets, ipv6Octets } from '../wire/ip-text.ts';
import { Name } from '../wire/name.ts';

/**
 * Which list of domains is asked for (RFC 6763 §11): `b` those to browse, `db` the one to browse by default, `lb` those
 * to browse without being told to, `r` those to register in, `dr` the one to register in by default.
 */
export type EnumerationKind = 'b' | 'db' | 'lb' | 'r' | 'dr';

const V4_OCTETS = 4;
const IN_ADDR_ARPA = Name.of('in-addr.arpa');
const IP6_ARPA = Name.of('ip6.arpa');

/** The name whose PTR records list domains: `lb._dns-sd._udp.<domain>` (RFC 6763 §11). */
export function enumerationName(kind: EnumerationKind, domain: Name): Name {
  return domain.prepend(kind, '_dns-sd', '_udp');
}

/** The name whose PTR records list the service types of a domain (RFC 6763 §9). */
export function servicesName(domain: Name): Name {
  return domain.prepend('_services', '_dns-sd', '_udp');
}

/**
 * The domain in which a subnet's own enumeration records stand: its base address in reverse, all four octets or all
 * thirty-two nibbles of it, so 192.168.12.34 with 16 bits gives `0.0.168.192.in-addr.arpa` (RFC 6763 §11).
 * Undefined for a link-local address, whose subnet everybody has, and for what is no address.
 */
export function subnetDomain(address: string, prefixBits: number): Name | undefined {
  const [unzoned = ''] = address.split('%'); // the zone of RFC 4007 §11
  const octets = unzoned.includes(':') ? ipv6Octets(unzoned) : ipv4Octets(unzoned);
  if (octets === undefined || isLinkLocal(octets)) return undefined;
  const base = Array.from(octets, (octet, at) => octet & maskOctet(prefixBits - 8 * at)).reverse();
  if (octets.length === V4_OCTETS) return IN_ADDR_ARPA.prepend(...base.map(String));
  return IP6_ARPA.prepend(
    ...base.flatMap((octet) => [octet & 0x0f, octet >>> 4]).map((nibble) => nibble.toString(16)),
  );
}

/** The first `bits` bits of an octet. */
function maskOctet(bits: number): number {
  return 0xff & ~(0xff >>> Math.min(8, Math.max(0, bits)));
}

/** 169.254/16 (RFC 3927 §2.1) and fe80::/10 (RFC 4291 §2.5.6). */
function isLinkLocal(octets: Uint8Array): boolean {
  if (octets.length === V4_OCTETS) return octets[0] === 169 && octets[1] === 254;
  return octets[0] === 0xfe && (octets[1]! & 0xc0) === 0x80;
}
