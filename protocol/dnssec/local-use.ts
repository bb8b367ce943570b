import { Name } from '../wire/name.ts';

/**
 * Zones that networks serve to themselves: the top-level names that DNS never delegates (RFC 6761 §6, RFC 6762 Appendix G,
 * RFC 9476, and ICANN's resolutions on `internal` and on `corp`, `home` and `mail`), `home.arpa` (RFC 8375), and the reverse zones of private addresses
 * (RFC 6303 §4). A resolver that serves one answers for it unsigned, also when it is asked for the proof that it is.
 */
const LOCAL_USE: ReadonlySet<string> = new Set(
  [
    'alt corp home internal intranet invalid lan local localhost mail private test',
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

/** Whether a name lies in such a zone, so that every network may mean another one by it. */
export function isOfLocalUse(name: Name): boolean {
  for (let zone = name; !zone.isRoot; zone = zone.parent) if (isLocalUse(zone)) return true;
  return false;
}

function numbers(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}
