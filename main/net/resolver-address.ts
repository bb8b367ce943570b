import { isIP } from 'node:net';
import { isHostName } from './certificate-check.ts';
import type { Endpoint } from './endpoint.ts';
import { parseEndpoint, spokenEndpoint, writtenEndpoint } from './endpoint.ts';
import { isPin } from './spki-pins.ts';

/** How a resolver shows that it is the one that is meant: by a name, by its key, or by both (RFC 8310 §6.4). */
export interface ResolverIdentity {
  /** The host name that its certificate must have; null where it is known by its key alone. */
  readonly name: string | null;
  /** Pins as in `spki-pins.ts`, one of which its key must have; at least one where there is no name. */
  readonly pins: readonly string[];
}

/** Where a resolver is. One with an identity is spoken to over TLS, and never in clear text (RFC 8310 §5.1: Strict). */
export interface ResolverAddress extends Endpoint {
  readonly identity?: ResolverIdentity | undefined;
}

/** A resolver that shows who it is: DNS over TLS (RFC 7858). */
export interface SecureAddress extends Endpoint {
  readonly identity: ResolverIdentity;
}

/** A resolver as a person wrote it, or what is wrong with the text, as a sentence. */
export type ParsedResolver =
  { readonly ok: true; readonly address: ResolverAddress } | { readonly ok: false; readonly message: string };

/** DNS over TLS (RFC 7858 §3.1). */
const TLS_PORT = 853;
const SCHEME = /^tls:\/\//i;
const PARTS = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/;

/**
 * Reads a resolver as people write it: `HOST`, `HOST:PORT`, `[IPv6]:PORT` for one over UDP and TCP, and for DNS over TLS
 * `tls://HOST#NAME`, `tls://HOST?pin=BASE64&pin=BASE64`, `tls://HOST:PORT?pin=BASE64#NAME`. A host that is no address is
 * its own name where no other is given.
 */
export function parseResolver(text: string): ParsedResolver {
  if (SCHEME.test(text)) return parseSecure(text);
  const address = parseEndpoint(text);
  if (address !== undefined && !/[/?#@]/.test(text)) return { ok: true, address };
  return wrong(
    `“${text}” is no resolver. Type an address, such as 192.0.2.53 or [2001:db8::53]:5353, ` +
      'or tls://192.0.2.53#dns.example.org for one that is spoken to over TLS.',
  );
}

/** A resolver as `parseResolver` reads it. */
export function writtenResolver(address: ResolverAddress): string {
  const { identity } = address;
  const place = writtenEndpoint(address);
  if (identity === undefined) return place;
  const pins = identity.pins.map((pin) => `pin=${pin}`).join('&');
  return `tls://${place}${pins === '' ? '' : `?${pins}`}${identity.name === null ? '' : `#${identity.name}`}`;
}

/** A resolver as sentences have it: `192.0.2.53 port 53`, `192.0.2.53 port 853 over TLS`. */
export function spokenResolver(address: ResolverAddress): string {
  return `${spokenEndpoint(address)}${isSecure(address) ? ' over TLS' : ''}`;
}

/** Whether a resolver is one that shows who it is. */
export function isSecure(address: ResolverAddress): address is SecureAddress {
  return address.identity !== undefined;
}

function parseSecure(text: string): ParsedResolver {
  const [, place = '', query, fragment] = PARTS.exec(text.replace(SCHEME, '')) ?? [];
  const endpoint = parseEndpoint(place, TLS_PORT);
  if (endpoint === undefined || place.includes('/')) {
    return wrong(
      `“${text}” has no address behind tls://. Type one, such as tls://192.0.2.53#dns.example.org.`,
    );
  }
  const pins = query === undefined ? [] : pinsOf(query);
  const odd = pins.find((pin) => !isPin(pin));
  if (odd !== undefined) {
    return wrong(
      `“${odd}” is no pin. A pin is the SHA-256 of the resolver’s public key in base64, 44 characters: ?pin=…=.`,
    );
  }
  const name = nameOf(fragment, endpoint);
  if (name !== null && !isHostName(name)) {
    return wrong(
      `“${name}” is no host name that a certificate could have. Type one, such as dns.example.org.`,
    );
  }
  if (name === null && pins.length === 0) {
    return wrong(
      `Over TLS a resolver must show who it is: add its name (tls://${place}#dns.example.org) ` +
        `or the pin of its key (tls://${place}?pin=BASE64).`,
    );
  }
  return { ok: true, address: { ...endpoint, identity: { name, pins } } };
}

/** The values of a query's `pin`s; anything else as it stands, to be told of. Base64 has a plus sign, which is none of a space. */
function pinsOf(query: string): readonly string[] {
  return query.split('&').map((field) => (/^pin=/i.test(field) ? decoded(field.slice(4)) : field));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function nameOf(fragment: string | undefined, { host }: Endpoint): string | null {
  if (fragment !== undefined && fragment !== '') return fragment.replace(/\.$/, '');
  return isIP(host) === 0 ? host.replace(/\.$/, '') : null;
}

function wrong(message: string): ParsedResolver {
  return { ok: false, message };
}
