import { ProtocolError } from '../errors.ts';
import type { Reply } from '../discovery/procedure.ts';
import { spokenName } from '../discovery/spoken-name.ts';
import type { Name } from '../wire/name.ts';
import { Rcode, rcodeName, RecordType } from '../wire/registry.ts';
import type { Ds } from './ds.ts';
import { readDs } from './ds.ts';
import { gatherDenial } from './gathered-denial.ts';
import type { CheckContext, ZoneKeys } from './set-check.ts';
import { checkSet, isExact } from './set-check.ts';
import type { SignedSet } from './signed-set.ts';
import { setOf, signedSets } from './signed-set.ts';

/** What a zone says of a name in it, by the answer to the question for its DS records (RFC 4035 §5.2). */
export type Delegation =
  /** A signed zone of its own. At least one DS record, each of a kind that is known here. */
  | { readonly kind: 'signed'; readonly ds: readonly Ds[]; readonly ttlSeconds: number }
  /** A zone that is not signed, or not in a way that is known here, or perhaps one. */
  | { readonly kind: 'unsigned'; readonly reason: string; readonly ttlSeconds: number }
  | { readonly kind: 'no-cut' }
  | { readonly kind: 'no-name' }
  | {
      readonly kind: 'bogus';
      readonly reason: string;
      /** Not one record in the answer came with a signature. */
      readonly isUnsigned: boolean;
    }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Checks the answer to the question for the DS records of a name right below what is known of a zone. */
export function delegationOf(
  name: Name,
  reply: Reply,
  zoneKeys: ZoneKeys,
  context: CheckContext,
): Delegation {
  const failure = failureOf(reply, name);
  if (reply.kind === 'failed' || failure !== undefined) return { kind: 'unknown', reason: failure! };
  const answers = signedSets(reply.message.answers);
  const authorities = signedSets(reply.message.authorities);
  const isUnsigned = [...answers, ...authorities].every(({ signatures }) => signatures.length === 0);
  const bogus = (reason: string): Delegation => ({ kind: 'bogus', reason, isUnsigned });
  const dsSet = setOf(answers, name, RecordType.DS);
  if (dsSet !== undefined) return delegationBySet(dsSet, zoneKeys, context, bogus);
  const alias = setOf(answers, name, RecordType.CNAME) ?? dnameAbove(answers, name, zoneKeys.zone);
  if (alias !== undefined) {
    const check = checkSet(alias, zoneKeys, context);
    if (check.kind === 'bogus') return bogus(check.reason);
    // An alias is no zone, and below a DNAME there is nothing (RFC 6672 §2.4).
    return { kind: alias.type === RecordType.DNAME ? 'no-name' : 'no-cut' };
  }
  const { denial, ttlSeconds, problem } = gatherDenial(authorities, zoneKeys, context);
  const proof = denial.cutAt(name);
  if (proof.kind === 'unproven') return bogus(problem ?? unprovenCut(name, zoneKeys.zone));
  return proof.kind === 'unsigned' ? { ...proof, ttlSeconds } : proof;
}

/** Why a reply says nothing, as a sentence; undefined for one that does. */
export function failureOf(reply: Reply, name: Name): string | undefined {
  if (reply.kind === 'failed')
    return `What it takes to check the signatures could not be learned. ${reply.reason}`;
  const { rcode } = reply.message;
  if (rcode === Rcode.NOERROR || rcode === Rcode.NXDOMAIN) return undefined;
  return `The resolver failed to look up what it takes to check the signatures of ${spokenName(name)} (${rcodeName(rcode)}).`;
}

function delegationBySet(
  set: SignedSet,
  zoneKeys: ZoneKeys,
  context: CheckContext,
  bogus: (reason: string) => Delegation,
): Delegation {
  const check = checkSet(set, zoneKeys, context);
  if (check.kind === 'bogus') return bogus(check.reason);
  if (!isExact(set, check)) return bogus(unprovenCut(set.owner, zoneKeys.zone));
  const all = set.records.flatMap(({ rdata }) => parsed(rdata));
  const ds = knownDs(all, context);
  const { ttlSeconds } = check;
  if (ds.length > 0) return { kind: 'signed', ds, ttlSeconds };
  return { kind: 'unsigned', reason: unknownKinds(set.owner, all), ttlSeconds };
}

/** The DS records whose algorithm and digest are both known (RFC 4035 §5.2; RFC 6840 §5.2). */
export function knownDs(all: readonly Ds[], { crypto }: CheckContext): readonly Ds[] {
  return all.filter(
    ({ algorithm, digestType }) => crypto.knowsAlgorithm(algorithm) && crypto.knowsDigest(digestType),
  );
}

/** Why a zone counts as not signed although there are DS records for it. */
export function unknownKinds(zone: Name, all: readonly Ds[]): string {
  const kinds = [
    ...new Set(all.map(({ algorithm, digestType }) => `${algorithm} with digest ${digestType}`)),
  ];
  return `The zone ${spokenName(zone)} is signed in ways that cannot be checked here (algorithm ${kinds.join(', ')}), so it counts as not signed.`;
}

function dnameAbove(sets: readonly SignedSet[], name: Name, zone: Name): SignedSet | undefined {
  return sets.find(
    ({ owner, type }) =>
      type === RecordType.DNAME && name.isWithin(owner) && !owner.equals(name) && owner.isWithin(zone),
  );
}

function unprovenCut(name: Name, zone: Name): string {
  return `The answer does not prove, by signatures of the zone ${spokenName(zone)}, whether ${spokenName(name)} is signed.`;
}

function parsed(rdata: Uint8Array): readonly Ds[] {
  try {
    return [readDs(rdata)];
  } catch (error) {
    if (error instanceof ProtocolError) return [];
    throw error;
  }
}
