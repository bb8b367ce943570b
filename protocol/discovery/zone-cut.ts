import type { DnsMessage } from '../wire/message.ts';
import { Name } from '../wire/name.ts';
import type { Question, ResourceRecord } from '../wire/record.ts';
import { Rcode, RecordClass, rcodeName, RecordType } from '../wire/registry.ts';
import { negativeSecondsOf, ttlSecondsOf } from './lifetime.ts';
import type { Procedure, Reply } from './procedure.ts';
import { bogusReason } from './security.ts';
import { spokenName } from './spoken-name.ts';

/** The zone that a name lies in, or why none was found. */
export type ZoneCut = FoundZone | NoZone;

/** A zone, by the owner of its SOA record. */
export interface FoundZone {
  readonly kind: 'found';
  readonly zone: Name;
  /** How many seconds this may be used instead of asking again (RFC 8765 §6.1). */
  readonly ttlSeconds: number;
}

/** Why no zone was found: `reason` says what happened, what it means and what to do. */
export interface NoZone {
  readonly kind: 'not-found';
  readonly reason: string;
  /** Whether asking again later may help although nobody changes anything. */
  readonly transient: boolean;
  /** The first RCODE other than NOERROR that a resolver gave, where one did. */
  readonly rcode?: number;
}

const LOCAL = Name.of('local');
/** The climb ends at a name of two labels (RFC 8765 §6.1). */
const MIN_LABELS = 2;

/**
 * Finds the zone of a name: asks for the SOA record of the name itself and, while an answer tells of none, of its
 * parents (RFC 8765 §6.1). Usually one question, for a denial carries the SOA record of the zone that denies.
 *
 * `domain` is the domain that the user named, if `name` was made from one. When the zone lies above it, the domain may
 * be mistyped, and one question more tells: otherwise `_ipp._tcp.mistyped.example` would be looked for in `example`.
 */
export function* findZone(name: Name, domain?: Name): Procedure<ZoneCut> {
  if (name.isWithin(LOCAL)) return isLocal(domain ?? name);
  let firstRcode: number | undefined;
  for (let asked = name; ; asked = asked.parent) {
    const reply = yield* ask(asked);
    if (reply.kind === 'failed') return { kind: 'not-found', reason: reply.reason, transient: true };
    const { message, security } = reply;
    if (security?.kind === 'bogus') {
      return { kind: 'not-found', reason: bogusReason(domain ?? name, security.reason), transient: true };
    }
    if (message.rcode === Rcode.SERVFAIL) return resolverFailed(domain ?? name);
    if (message.rcode !== Rcode.NOERROR) firstRcode ??= message.rcode;
    const cut = zoneOf(asked, message);
    if (cut !== undefined) return yield* checked(cut, asked, message, domain);
    if (asked.labelCount <= MIN_LABELS) return noZone(domain ?? name, firstRcode);
  }
}

function* ask(name: Name): Procedure<Reply> {
  const question: Question = { name, type: RecordType.SOA, class: RecordClass.IN };
  const [reply] = yield [question];
  if (reply === undefined)
    throw new TypeError('a procedure is resumed with a reply to each of its questions');
  return reply;
}

/** Tells a domain that does not exist from one that is no zone of its own. */
function* checked(
  cut: FoundZone,
  asked: Name,
  message: DnsMessage,
  domain: Name | undefined,
): Procedure<ZoneCut> {
  const isDoubtful = message.rcode === Rcode.NXDOMAIN && domain !== undefined && !cut.zone.isWithin(domain);
  if (!isDoubtful) return cut;
  if (asked.equals(domain)) return doesNotExist(domain, cut.zone);
  const reply = yield* ask(domain);
  const isMissing = reply.kind === 'answer' && reply.message.rcode === Rcode.NXDOMAIN;
  return isMissing ? doesNotExist(domain, cut.zone) : cut;
}

/** What the answer to a question for SOA records says of the zone; undefined when it names none that may be used. */
function zoneOf(asked: Name, message: DnsMessage): FoundZone | undefined {
  if (message.rcode !== Rcode.NOERROR && message.rcode !== Rcode.NXDOMAIN) return undefined;
  // An alias is never a zone's apex, and the SOA record beside it speaks of its target's zone.
  if (message.answers.some((record) => record.type === RecordType.CNAME && record.name.equals(asked)))
    return undefined;
  const inAnswer = message.answers.find((record) => isUsable(record, asked));
  if (inAnswer !== undefined) return found(inAnswer, ttlSecondsOf(inAnswer));
  const inAuthority = message.authorities.find((record) => isUsable(record, asked));
  return inAuthority === undefined ? undefined : found(inAuthority, negativeSecondsOf(inAuthority));
}

/** Only a SOA record whose owner encloses the name can be of its zone; any other is a mistake or a trick. */
function isUsable(record: ResourceRecord, asked: Name): boolean {
  return record.type === RecordType.SOA && record.class === RecordClass.IN && asked.isWithin(record.name);
}

function found(soa: ResourceRecord, ttlSeconds: number): FoundZone {
  return { kind: 'found', zone: soa.name, ttlSeconds };
}

function isLocal(name: Name): NoZone {
  const reason =
    `${spokenName(name)} ends in .local, which is looked up on the local link by multicast only (RFC 6762 §3): ` +
    'it has no push server. Choose a domain of ordinary DNS.';
  return { kind: 'not-found', reason, transient: false };
}

function doesNotExist(domain: Name, zone: Name): NoZone {
  const reason =
    `The domain ${spokenName(domain)} does not exist, says ${zone.isRoot ? '' : 'the zone '}${spokenName(zone)}. ` +
    'Check its spelling, or choose the resolver that knows it.';
  return { kind: 'not-found', reason, transient: false, rcode: Rcode.NXDOMAIN };
}

function resolverFailed(name: Name): NoZone {
  const reason =
    `The resolver failed to look up ${spokenName(name)} (SERVFAIL): the servers of the domain do not answer, ` +
    'or their signatures are wrong. Try again later, or ask who runs the domain.';
  return { kind: 'not-found', reason, transient: true, rcode: Rcode.SERVFAIL };
}

function noZone(name: Name, rcode: number | undefined): NoZone {
  const spoken = spokenName(name);
  if (rcode === undefined) {
    const reason =
      `The resolver names no zone that ${spoken} lies in: its answers hold no SOA record, as where a network wants ` +
      'you to sign in first. Try to sign in to the network, or choose another resolver for this domain.';
    return { kind: 'not-found', reason, transient: false };
  }
  const reason =
    rcode === Rcode.NXDOMAIN
      ? `The domain ${spoken} does not exist, says the resolver. Check its spelling, or choose the resolver that knows it.`
      : `The resolver does not answer questions about ${spoken} (${rcodeName(rcode)}): it may serve other domains only. ` +
        'Check the spelling, or choose another resolver for this domain.';
  return { kind: 'not-found', reason, transient: false, rcode };
}
