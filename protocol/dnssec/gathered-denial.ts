import { ProtocolError } from '../errors.ts';
import { RecordType } from '../wire/registry.ts';
import { isSameOctets } from '../wire/text.ts';
import type { Denial } from './denial.ts';
import { eitherDenial } from './denial.ts';
import type { Nsec } from './nsec.ts';
import { readNsec } from './nsec.ts';
import { NsecDenial } from './nsec-denial.ts';
import type { Nsec3 } from './nsec3.ts';
import { readNsec3 } from './nsec3.ts';
import { CostlyDenial, MAX_NSEC3_ITERATIONS, Nsec3Denial } from './nsec3-denial.ts';
import { Nsec3Hashes } from './nsec3-hash.ts';
import type { CheckContext, ZoneKeys } from './set-check.ts';
import { checkSet, isExact } from './set-check.ts';
import type { SignedSet } from './signed-set.ts';

/** What a section's NSEC and NSEC3 records of one zone prove, and how long. */
export interface GatheredDenial {
  readonly denial: Denial;
  /** The shortest time that one of them may be used; `Infinity` where there is none. */
  readonly ttlSeconds: number;
  /** What was wrong with the first that did not count; undefined when nothing was. */
  readonly problem: string | undefined;
}

/**
 * Checks the NSEC and NSEC3 records of a zone in an Authority section. One whose signature is wrong proves nothing, and nor
 * does one that was expanded from a wildcard, for it speaks of another name.
 */
export function gatherDenial(
  sets: readonly SignedSet[],
  zoneKeys: ZoneKeys,
  context: CheckContext,
): GatheredDenial {
  const nsecs: Nsec[] = [];
  const nsec3s: Nsec3[] = [];
  let ttlSeconds = Infinity;
  let problem: string | undefined;
  for (const set of sets) {
    if (set.type !== RecordType.NSEC && set.type !== RecordType.NSEC3) continue;
    if (!set.owner.isWithin(zoneKeys.zone)) continue;
    const check = checkSet(set, zoneKeys, context);
    if (check.kind === 'bogus') problem ??= check.reason;
    if (check.kind === 'bogus' || !isExact(set, check)) continue;
    ttlSeconds = Math.min(ttlSeconds, check.ttlSeconds);
    for (const { rdata } of set.records) {
      if (set.type === RecordType.NSEC) nsecs.push(...parsed(() => readNsec(set.owner, rdata)));
      else nsec3s.push(...parsed(() => readNsec3(set.owner, rdata, zoneKeys.zone)));
    }
  }
  const denials = [new NsecDenial(zoneKeys.zone, nsecs), ...nsec3Denials(nsec3s, zoneKeys, context)];
  return { denial: eitherDenial(denials), ttlSeconds, problem };
}

/** Records of one message have the same parameters (RFC 5155 §7.2); the first one's are taken, and others left out. */
function nsec3Denials(
  all: readonly Nsec3[],
  { zone }: ZoneKeys,
  { crypto, budget }: CheckContext,
): readonly Denial[] {
  const [first] = all;
  if (first === undefined) return [];
  const { iterations, salt } = first;
  if (iterations > MAX_NSEC3_ITERATIONS) return [new CostlyDenial(zone, iterations)];
  const alike = all.filter((one) => one.iterations === iterations && isSameOctets(one.salt, salt));
  return [new Nsec3Denial(zone, alike, new Nsec3Hashes(first, crypto, budget))];
}

function parsed<Read>(read: () => Read | undefined): readonly Read[] {
  try {
    const value = read();
    return value === undefined ? [] : [value];
  } catch (error) {
    if (error instanceof ProtocolError) return [];
    throw error;
  }
}
