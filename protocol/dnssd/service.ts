import type { Name } from '../wire/name.ts';
import type { Srv } from '../wire/rdata.ts';
import { isPrinterType } from './printer.ts';
import type { Txt } from './txt.ts';

/** What a service still lacks: its SRV record, its TXT record, or an address of its host. */
export type MissingRecord = 'SRV' | 'TXT' | 'address';

/** One service instance as it can be shown now: what a PTR record lists, with what has arrived of the rest (RFC 6763 §4–6). */
export interface Service {
  /** The instance name; its key tells services apart, so one instance under two types is two services. */
  readonly name: Name;
  /** The instance label, decoded; octets that are not UTF-8 stand as `\DDD`. */
  readonly instanceLabel: string;
  /** The service type as published: `_ipp._tcp`. */
  readonly type: string;
  /** Where the instance is, which need not be where it was looked for (RFC 6763 §4.2). */
  readonly domain: Name;
  /** The SRV record that counts; one without an endpoint when no other is there. */
  readonly srv: Srv | undefined;
  /** Where to connect; both undefined as long as no SRV record says it. */
  readonly host: Name | undefined;
  readonly port: number | undefined;
  /** The host's addresses, IPv4 first, in numerical order. */
  readonly addresses: readonly string[];
  readonly txt: Txt | undefined;
  readonly missing: readonly MissingRecord[];
  /** Whether anybody looks at it; else none of its records are asked for but those that list it, and nothing else is known. */
  readonly isLookedAt: boolean;
  /** Whether a subscription vouches now for a PTR record that lists it. */
  readonly isListingVouched: boolean;
  /** The same, and for all other records that it is made of. */
  readonly isVouched: boolean;
}

/**
 * Whether there is something to connect to. Port 0 only keeps a name from being taken (RFC 6763 §8), and the target `.`
 * says that the service is not to be had (RFC 2782).
 */
export function isEndpoint(srv: Srv): boolean {
  return srv.port !== 0 && !srv.target.isRoot;
}

/**
 * The SRV record that counts: the lowest priority, then the highest weight (RFC 2782), then the first by target and port,
 * so that the choice does not depend on the order of arrival. One that is no endpoint comes behind all that are.
 */
export function chooseSrv(srvs: readonly Srv[]): Srv | undefined {
  return srvs.reduce<Srv | undefined>(
    (best, srv) => (best === undefined || compareSrv(srv, best) < 0 ? srv : best),
    undefined,
  );
}

/**
 * Whether a service is kept out of sight: a printer whose SRV records offer no endpoint only reserves its name for the
 * protocol that it does not speak (RFC 6763 §8). Of another type, such a service may be all in its TXT record.
 */
export function isHidden(service: Service): boolean {
  return service.srv !== undefined && service.host === undefined && isPrinterType(service.type);
}

/** Whether two states of one service look the same, whoever vouches for them or looks at them. */
export function isSameService(one: Service, other: Service): boolean {
  return (
    one.name.isSpelledLike(other.name) &&
    isSameSrv(one.srv, other.srv) &&
    isSameTxt(one.txt, other.txt) &&
    one.addresses.length === other.addresses.length &&
    one.addresses.every((address, at) => address === other.addresses[at])
  );
}

/** The same, and whether the same is asked and vouched for of them. */
export function isSameState(one: Service, other: Service): boolean {
  return (
    one.isVouched === other.isVouched &&
    one.isListingVouched === other.isListingVouched &&
    one.isLookedAt === other.isLookedAt &&
    isSameService(one, other)
  );
}

function compareSrv(one: Srv, other: Srv): number {
  return (
    Number(isEndpoint(other)) - Number(isEndpoint(one)) ||
    one.priority - other.priority ||
    other.weight - one.weight ||
    compareText(one.target.key, other.target.key) ||
    one.port - other.port
  );
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function isSameSrv(one: Srv | undefined, other: Srv | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  const { priority, weight, port, target } = one;
  return (
    priority === other.priority &&
    weight === other.weight &&
    port === other.port &&
    target.isSpelledLike(other.target)
  );
}

function isSameTxt(one: Txt | undefined, other: Txt | undefined): boolean {
  return one === undefined || other === undefined ? one === other : one.equals(other);
}
