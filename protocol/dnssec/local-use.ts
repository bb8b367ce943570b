import { Name } from '../wire/name.ts';

/**
 * Zones that networks serve to themselves: the top-level names that DNS never delegates (RFC 6761 §6, RFC 6762 Appendix G,
 * RFC 9476, and ICANN's reservation of `internal`), `home.arpa` (RFC 8375), and the reverse zones of private addresses
 * (RFC 6303 §4). A resolver that serves one answers for it unsigned, also when it is asked for the proof that it is.
 */
const LOCAL_USE: ReadonlySet<string> = new Set(
  [
    'alt corp home internal intranet invalid lan local localhost private test',
    'home.arpa 10.in-addr.arpa 168.192.in-addr.arpa 254.169.in-addr.arpa d.f.ip6.arpa',
    ...numbers(16, 31).map((number) => `${number}.172.in-addr.arpa`),
    ...numbers(64, 127).map((number) => `${number}.100.in-addr.arpa`), // RFC 7793
    ...['8', '9', 'a', 'b'].map((digit) => `${digit}.e.f.ip6.arpa`),
  ]
    .flatMap((names) => names.split(' '))
    .map((text) => Name.of(text).key),
);

/** Whether a name is such a zone. */
export function isLocalUse(name: Name): boolean {
  return LOCAL_USE.has(name.key);
}

function numbers(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}
