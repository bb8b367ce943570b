import type { Name } from '../wire/name.ts';
import type { Srv } from '../wire/rdata.ts';
import { srvRdata } from '../wire/rdata.ts';
import type { ResourceRecord } from '../wire/record.ts';
import { RecordType } from '../wire/registry.ts';
import { addressOf } from './addresses.ts';
import { ttlSecondsOf } from './lifetime.ts';
import { lookUp } from './lookup.ts';
import type { Procedure } from './procedure.ts';
import type { Security } from './security.ts';
import { spokenName } from './spoken-name.ts';

/** The push servers of a zone. */
export type PushServers =
  | {
      readonly kind: 'found';
      /** As the zone has them, in no order: see `orderServers`. The port is always theirs (RFC 8765 §6.1). */
      readonly srvs: readonly Srv[];
      /**
       * Addresses that came along unasked, by `target.key`; a target that is not in it has to be looked up. None beside
       * secure SRV records: nobody vouches for what comes along (RFC 7673 §3.2).
       */
      readonly addresses: ReadonlyMap<string, readonly string[]>;
      /** How many seconds this may be used instead of asking again. */
      readonly ttlSeconds: number;
      /** Of the SRV records: whether the targets are who the zone says (RFC 7673 §3.1). */
      readonly security: Security;
    }
  /** The zone offers no push, so it has to be polled (RFC 8765 §6.8). */
  | { readonly kind: 'none'; readonly reason: string; readonly ttlSeconds: number }
  /** It could not be learned whether the zone offers push: that is no licence to poll instead. */
  | { readonly kind: 'failed'; readonly reason: string; readonly rcode?: number };

const SERVICE_LABELS = ['_dns-push-tls', '_tcp'] as const; // RFC 8765 §6.1
const SERVICE_OCTETS = '._dns-push-tls._tcp'.length;

/** Finds the push servers of a zone by its SRV records (RFC 8765 §6.1, RFC 2782). */
export function* findServers(zone: Name): Procedure<PushServers> {
  if (zone.wire.length + SERVICE_OCTETS > 255) return noPush(zone, 'its name is too long to offer any', 0);
  const [lookup] = yield* lookUp(zone.prepend(...SERVICE_LABELS), [RecordType.SRV]);
  if (lookup === undefined) throw new TypeError('lookUp gives one result for each type');
  if (lookup.kind === 'failed') return lookup;
  if (lookup.kind === 'nothing')
    return noPush(zone, 'it has no SRV record for _dns-push-tls._tcp', lookup.ttlSeconds);
  const { records, additionals, ttlSeconds, security } = lookup;
  // The target "." says that the service is decidedly not available here (RFC 2782); nothing listens on port 0.
  const srvs = records
    .map(({ rdata }) => srvRdata(rdata))
    .filter(({ target, port }) => !target.isRoot && port > 0);
  if (srvs.length === 0) return noPush(zone, 'its SRV record for _dns-push-tls._tcp says so', ttlSeconds);
  const addresses = addressesOf(srvs, security.kind === 'secure' ? [] : additionals);
  return { kind: 'found', srvs, addresses, ttlSeconds, security };
}

/**
 * The order in which servers are tried: by priority, and within one at random, each as likely to be first as its weight
 * says (RFC 2782). `random` gives numbers from 0 up to but not including 1.
 */
export function orderServers(srvs: readonly Srv[], random: () => number): readonly Srv[] {
  const priorities = [...new Set(srvs.map(({ priority }) => priority))].sort((a, b) => a - b);
  return priorities.flatMap((priority) =>
    shuffled(
      srvs.filter((srv) => srv.priority === priority),
      random,
    ),
  );
}

function shuffled(group: readonly Srv[], random: () => number): readonly Srv[] {
  // Weight 0 stands in front, so that it is chosen only when the drawn number is 0.
  const left = [...group].sort((a, b) => Number(a.weight > 0) - Number(b.weight > 0));
  const ordered: Srv[] = [];
  while (left.length > 0) {
    const total = left.reduce((sum, { weight }) => sum + weight, 0);
    const drawn = Math.floor(random() * (total + 1));
    let sum = 0;
    const at = left.findIndex(({ weight }) => (sum += weight) >= drawn);
    ordered.push(...left.splice(at, 1));
  }
  return ordered;
}

function addressesOf(
  srvs: readonly Srv[],
  additionals: readonly ResourceRecord[],
): ReadonlyMap<string, readonly string[]> {
  const known = new Map<string, readonly string[]>();
  for (const { target } of srvs) {
    const ofTarget = additionals.filter((record) => record.name.equals(target) && ttlSecondsOf(record) > 0);
    const addresses = ofTarget.flatMap((record) => addressOf(record) ?? []);
    if (addresses.length > 0) known.set(target.key, addresses);
  }
  return known;
}

function noPush(zone: Name, because: string, ttlSeconds: number): PushServers {
  const reason =
    `The zone ${spokenName(zone)} offers no push notifications: ${because}. ` +
    'Its services can be asked for from time to time only; who runs it can set up a push server.';
  return { kind: 'none', reason, ttlSeconds };
}
