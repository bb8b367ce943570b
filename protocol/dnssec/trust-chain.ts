import { unreachable } from '../errors.ts';
import type { Procedure } from '../discovery/procedure.ts';
import { spokenName } from '../discovery/spoken-name.ts';
import type { Name } from '../wire/name.ts';
import type { Question } from '../wire/record.ts';
import { RecordClass, RecordType } from '../wire/registry.ts';
import type { Asked } from './asked.ts';
import { ancestorOf } from './canonical-name.ts';
import { delegationOf, knownDs, unknownKinds } from './delegation.ts';
import { isLocalUse } from './local-use.ts';
import type { CheckContext, ZoneKeys } from './set-check.ts';
import type { TrustAnchor } from './trust-anchor.ts';
import { closestAnchor } from './trust-anchor.ts';
import { checkKeys } from './zone-keys.ts';
import type { Moment, ZoneMemory } from './zone-memory.ts';
import type { LastingTrust, ZoneTrust } from './zone-trust.ts';

/** What a validation is done with. */
export interface ValidationContext extends CheckContext {
  readonly anchors: readonly TrustAnchor[];
  readonly memory: ZoneMemory;
  readonly asked: Asked;
  readonly now: Moment;
}

/** As many names of a chain are asked about at once: every honest one is shorter, save in ip6.arpa. */
const NAMES_AT_ONCE = 8;
/** How long a resolver that does not give the keys of an anchor is not asked for them again (RFC 9520 §3.2: up to five minutes). */
const FAILURE_SECONDS = 30;
/** Down to here nearly every name is a zone, and its keys are asked for before that is known. */
const LIKELY_ZONE_LABELS = 2;

/**
 * Finds what is known of the zone that a name lies in, by the chain of DS and DNSKEY records from the closest trust anchor
 * (RFC 4035 §5). `isZone` says that the name is said to be a zone, so that the keys of all zones on the way are asked for
 * at once. The trust is of the closest zone above the name or at it: whether it is the name itself is for the caller to see.
 */
export function* findTrust(target: Name, isZone: boolean, context: ValidationContext): Procedure<ZoneTrust> {
  const { anchors, memory, asked, now } = context;
  const anchor = closestAnchor(anchors, target);
  if (anchor === undefined) return withoutAnchor(target);
  const known = memory.closest(target, anchor.zone, now);
  if (known !== undefined && known.trust.kind !== 'secure') return known.trust;
  const top = known?.at ?? anchor.zone;
  const names = namesBelow(top, target);
  let trust: ZoneTrust | undefined = known?.trust;
  if (trust === undefined) {
    yield* asked.ask([keysQuestion(anchor.zone), ...questionsAbout(names.slice(0, NAMES_AT_ONCE), isZone)]);
    trust = anchorTrust(anchor, context);
  }
  for (const [at, name] of names.entries()) {
    if (trust.kind !== 'secure') return trust;
    if (at % NAMES_AT_ONCE === 0)
      yield* asked.ask(questionsAbout(names.slice(at, at + NAMES_AT_ONCE), isZone));
    const next: ZoneTrust | 'end' | 'same' = yield* step(name, trust, context);
    if (next === 'end') return trust;
    if (next !== 'same') trust = next;
  }
  return trust;
}

/**
 * What is worth asking beside a question about this name, before its answer says in which zone it lies: the keys of the anchor
 * and of the likely zones below. Nothing where anything of the way is known.
 */
export function questionsAhead(
  name: Name,
  { anchors, memory, now }: Pick<ValidationContext, 'anchors' | 'memory' | 'now'>,
): readonly Question[] {
  const anchor = closestAnchor(anchors, name);
  if (anchor === undefined || memory.closest(name, anchor.zone, now) !== undefined) return [];
  const likely = namesBelow(anchor.zone, name).filter(({ labelCount }) => labelCount <= LIKELY_ZONE_LABELS);
  return [keysQuestion(anchor.zone), ...questionsAbout(likely, true)];
}

/** What one name further down changes: the trust below it, nothing, or that there is nothing below. */
function* step(
  name: Name,
  trust: ZoneTrust & { readonly kind: 'secure' },
  context: ValidationContext,
): Procedure<ZoneTrust | 'end' | 'same'> {
  const { memory, asked, now } = context;
  // Another validation may have been here while this one waited.
  const known = memory.get(name, now);
  if (known !== undefined) return known;
  const delegation = delegationOf(name, asked.reply(dsQuestion(name)), trust, context);
  switch (delegation.kind) {
    case 'no-cut':
      return 'same';
    case 'no-name':
      return trust.zone.isRoot ? localName(name) : 'end';
    case 'unsigned':
      return remembered(
        name,
        { kind: 'insecure', reason: delegation.reason },
        delegation.ttlSeconds,
        context,
      );
    case 'bogus':
      return delegation.isUnsigned && isLocalUse(name) ? localName(name) : delegation;
    case 'unknown':
      return { ...delegation, kind: 'indeterminate', isStripped: false };
    case 'signed': {
      yield* asked.ask([keysQuestion(name)]);
      const meanwhile = memory.get(name, now);
      if (meanwhile !== undefined) return meanwhile;
      const { ds, ttlSeconds } = delegation;
      const keys = checkKeys({ zone: name, ds, keys: [] }, asked.reply(keysQuestion(name)), context);
      if (keys.kind === 'unknown') return { ...keys, kind: 'indeterminate', isStripped: false };
      if (keys.kind === 'bogus') return keys;
      return remembered(name, secure(keys), Math.min(ttlSeconds, keys.ttlSeconds), context);
    }
    default:
      return unreachable(delegation);
  }
}

function anchorTrust(anchor: TrustAnchor, context: ValidationContext): ZoneTrust {
  const { zone } = anchor;
  const known = context.memory.get(zone, context.now);
  if (known !== undefined) return known;
  const ds = knownDs(anchor.ds, context);
  if (ds.length === 0 && anchor.keys.length === 0)
    return { kind: 'insecure', reason: unknownKinds(zone, anchor.ds) };
  const checked = checkKeys({ ...anchor, ds }, context.asked.reply(keysQuestion(zone)), context);
  switch (checked.kind) {
    case 'secure':
      return remembered(zone, secure(checked), checked.ttlSeconds, context);
    case 'bogus':
      // The anchor's zone is signed for certain, so that its keys without signatures tell of the resolver.
      return checked.isUnsigned ? remembered(zone, stripped(zone), FAILURE_SECONDS, context) : checked;
    case 'unknown': {
      const unknown: LastingTrust = { ...checked, kind: 'indeterminate', isStripped: false };
      return remembered(zone, unknown, FAILURE_SECONDS, context);
    }
    default:
      return unreachable(checked);
  }
}

function secure({ zone, keys }: ZoneKeys): LastingTrust {
  return { kind: 'secure', zone, keys };
}

function remembered(
  name: Name,
  trust: LastingTrust,
  ttlSeconds: number,
  { memory, now }: ValidationContext,
): LastingTrust {
  memory.put(name, trust, ttlSeconds, now);
  return trust;
}

/** The names below one down to another, that included, in this order. */
function namesBelow(top: Name, target: Name): readonly Name[] {
  const count = target.labelCount - top.labelCount;
  return Array.from({ length: count }, (_, at) => ancestorOf(target, top.labelCount + at + 1));
}

function questionsAbout(names: readonly Name[], isZone: boolean): readonly Question[] {
  return names.flatMap((name) =>
    isZone || name.labelCount <= LIKELY_ZONE_LABELS
      ? [dsQuestion(name), keysQuestion(name)]
      : [dsQuestion(name)],
  );
}

function dsQuestion(name: Name): Question {
  return { name, type: RecordType.DS, class: RecordClass.IN };
}

function keysQuestion(name: Name): Question {
  return { name, type: RecordType.DNSKEY, class: RecordClass.IN };
}

function withoutAnchor(name: Name): ZoneTrust {
  const reason = `No trust anchor is known that ${spokenName(name)} lies below, so that nothing vouches for its signatures.`;
  return { kind: 'indeterminate', reason, isStripped: false };
}

function stripped(zone: Name): LastingTrust {
  const reason =
    `The resolver leaves the signatures out of its answers, those about ${spokenName(zone)} too, so that none can be checked: ` +
    'choose one that passes DNSSEC on.';
  return { kind: 'indeterminate', reason, isStripped: true };
}

function localName(name: Name): ZoneTrust {
  const reason =
    `${spokenName(name)} is a name of this network alone, which the root of DNS does not know, so that nothing vouches for ` +
    'its signatures. A trust anchor of its own would.';
  return { kind: 'indeterminate', reason, isStripped: false };
}
