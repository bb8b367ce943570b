import { MAX_NAME_OCTETS, Name } from '../wire/name.ts';
import { charactersOf, SAME, textOf } from '../wire/text.ts';

/** A service instance name, `<Instance>.<Service>.<Domain>`, taken apart (RFC 6763 §4.1). */
export interface InstanceName {
  /** The one instance label, decoded for showing: dots and backslashes as they are, octets that are not UTF-8 as `\DDD`. */
  readonly label: string;
  /** The two labels of the service type as published: `_ipp._tcp` (RFC 6763 §4.1.2). */
  readonly type: string;
  readonly domain: Name;
}

/** What to browse for: one service type or subtype in a domain, or, without a type, all that the domain has. */
export interface BrowseScope {
  readonly domain: Name;
  /** The labels in front of the domain: `_ipp._tcp`, or `_universal._sub._ipp._tcp` (RFC 6763 §7.1). */
  readonly type?: Name;
}

const TCP = '\x04_tcp';
const UDP = '\x04_udp';
const SUB = '\x04_sub';
const UNDERSCORE = 0x5f;
/** The labels under which a domain lists its service types (RFC 6763 §9): a domain must leave room for them. */
const ENUMERATION = '\x09_services\x07_dns-sd\x04_udp';

/**
 * Takes an instance name apart; undefined when it is none: the second label must start with `_`, and the third be
 * `_tcp` or `_udp` (RFC 6763 §7). The domain is `near` itself where they are equal, which saves a name an instance.
 */
export function splitInstance(name: Name, near = Name.root): InstanceName | undefined {
  const typeAt = after(name, 0);
  const domainAt = typeAt === undefined ? undefined : afterType(name, typeAt);
  if (typeAt === undefined || domainAt === undefined) return undefined;
  return {
    label: labelText(name, typeAt),
    type: typeText(name, typeAt, domainAt),
    domain: name.key.slice(domainAt) === near.key ? near : Name.ofWire(name.wire.slice(domainAt)),
  };
}

/** The instance name of these parts. A label or name over its limit is a `RangeError`. */
export function instanceName(label: string | Uint8Array, type: Name, domain: Name): Name {
  return Name.ofLabels([label, ...type.labels, ...domain.labels]);
}

/** The name whose PTR records list the instances of a type or subtype (RFC 6763 §4). One that is too long is a `RangeError`. */
export function browseName(type: Name, domain: Name): Name {
  return Name.ofLabels([...type.labels, ...domain.labels]);
}

/** The service type that a name starts with, as a name of two labels; what follows does not matter (RFC 6763 §9). */
export function leadingType(name: Name): Name | undefined {
  return afterType(name, 0) === undefined ? undefined : Name.ofLabels(name.labels.slice(0, 2));
}

/** What `scopeOf` made of a name. */
export type ParsedScope =
  | { readonly ok: true; readonly scope: BrowseScope }
  | { readonly ok: false; readonly code: 'bad-name'; readonly message: string };

/**
 * What a user means by a name: the services of a type (`_ipp._tcp.example.org`), of a subtype
 * (`_universal._sub._ipp._tcp.example.org`), or of a whole domain (`example.org`, `_services._dns-sd._udp.example.org`).
 */
export function scopeOf(name: Name): ParsedScope {
  for (const labels of [2, 4]) {
    const type = leading(name, labels);
    if (type !== undefined) return { ok: true, scope: { domain: name.skip(labels), type } };
  }
  if (name.key.startsWith(ENUMERATION)) return { ok: true, scope: { domain: name.skip(3) } };
  const most = MAX_NAME_OCTETS - ENUMERATION.length;
  if (name.wire.length <= most) return { ok: true, scope: { domain: name } };
  const message = `"${name.toString()}" is too long for a domain: it has ${name.wire.length} octets, and ${most} leave room for the names of services in it.`;
  return { ok: false, code: 'bad-name', message };
}

function leading(name: Name, labels: number): Name | undefined {
  const typeAt = labels === 2 ? 0 : afterSubtype(name);
  if (typeAt === undefined || afterType(name, typeAt) === undefined) return undefined;
  return Name.ofLabels(name.labels.slice(0, labels));
}

/** Where the label behind the one at `at` starts; undefined when there is none at `at`. */
function after(name: Name, at: number): number | undefined {
  const length = name.wire[at];
  return length === undefined || length === 0 ? undefined : at + 1 + length;
}

/** Where the labels behind `<subtype>._sub` start; the subtype may be any label (RFC 6763 §7.1). */
function afterSubtype(name: Name): number | undefined {
  const at = after(name, 0);
  return at !== undefined && name.key.startsWith(SUB, at) ? at + SUB.length : undefined;
}

/** Where the labels behind the service type at `at` start; undefined when no service type is there. */
function afterType(name: Name, at: number): number | undefined {
  const protocolAt = after(name, at);
  if (protocolAt === undefined || name.wire[at + 1] !== UNDERSCORE) return undefined;
  const isType = name.key.startsWith(TCP, protocolAt) || name.key.startsWith(UDP, protocolAt);
  return isType ? protocolAt + TCP.length : undefined;
}

/** The first label, which ends at `end`, as text. Plain ASCII is its own text, and taken without decoding. */
function labelText(name: Name, end: number): string {
  const text = charactersOf(name.wire, SAME, 1, end);
  return /^[ -~]*$/.test(text) ? text : textOf(name.wire.slice(1, end));
}

/** The two labels of the type as text, `_ipp._tcp`; what could be taken for a dot between labels is escaped. */
function typeText(name: Name, at: number, end: number): string {
  const protocolAt = end - TCP.length;
  const service = charactersOf(name.wire, SAME, at + 1, protocolAt);
  const protocol = charactersOf(name.wire, SAME, protocolAt + 1, end);
  return /^[\w-]*$/.test(service)
    ? `${service}.${protocol}`
    : Name.ofLabels(name.labels.slice(1, 3)).toString().slice(0, -1);
}
