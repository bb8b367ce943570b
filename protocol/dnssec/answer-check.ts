import { unreachable } from '../errors.ts';
import type { Security } from '../discovery/security.ts';
import { spokenName } from '../discovery/spoken-name.ts';
import type { Name } from '../wire/name.ts';
import { RecordType, typeName } from '../wire/registry.ts';
import { ancestorOf } from './canonical-name.ts';
import type { Proof } from './denial.ts';
import type { GatheredDenial } from './gathered-denial.ts';
import { gatherDenial } from './gathered-denial.ts';
import type { CheckContext, ZoneKeys } from './set-check.ts';
import { checkSet, isExact, spokenSet } from './set-check.ts';
import type { SignedSet } from './signed-set.ts';
import { setOf } from './signed-set.ts';
import type { SigningZone } from './signing-zone.ts';
import type { ZoneTrust } from './zone-trust.ts';

/** What a part of an answer comes to, and how long it may be used where it is secure. */
export interface Checked {
  readonly security: Security;
  readonly ttlSeconds: number;
}

/** Checks the parts of one answer by the keys of the zones that they are said to be of. */
export class AnswerCheck {
  readonly #authorities: readonly SignedSet[];
  readonly #context: CheckContext;
  /** What the Authority section proves, by zone. */
  readonly #denials = new Map<string, GatheredDenial>();

  constructor(authorities: readonly SignedSet[], context: CheckContext) {
    this.#authorities = authorities;
    this.#context = context;
  }

  /** Checks a set of the Answer section; where a wildcard was expanded, also that nothing closer is there (RFC 4035 §5.3.4). */
  set(set: SignedSet, signing: SigningZone, trust: ZoneTrust): Checked {
    const keys = keysFor(trust, signing, spokenSet(set));
    if ('security' in keys) return keys;
    const check = checkSet(set, keys, this.#context);
    if (check.kind === 'bogus') return without(check);
    const { ttlSeconds } = check;
    if (isExact(set, check)) return { security: SECURE, ttlSeconds };
    const { denial, problem, ttlSeconds: denialSeconds } = this.#denialOf(keys);
    const proof = denial.noCloser(ancestorOf(set.owner, check.labels + 1));
    const failure =
      problem ??
      `${spokenSet(set)} stand for a wildcard, and the answer does not prove that there are no others.`;
    return byProof(proof, Math.min(ttlSeconds, denialSeconds), failure);
  }

  /** Checks that there is no such name or no such type at it, and the SOA record that says how long (RFC 2308 §5). */
  denial(name: Name, type: number, isNoName: boolean, signing: SigningZone, trust: ZoneTrust): Checked {
    const what = isNoName ? spokenName(name) : `the ${typeName(type)} records of ${spokenName(name)}`;
    const keys = keysFor(trust, signing, `The answer that denies ${what}`);
    if ('security' in keys) return keys;
    const { denial, problem, ttlSeconds } = this.#denialOf(keys);
    const proof = isNoName ? denial.noName(name) : denial.noData(name, type);
    const failure =
      problem ??
      `The answer denies ${what}, and does not prove it by records of the zone ${spokenName(keys.zone)}.`;
    const soa = setOf(this.#authorities, keys.zone, RecordType.SOA);
    if (soa === undefined) return byProof(proof, ttlSeconds, failure);
    const check = checkSet(soa, keys, this.#context);
    if (check.kind === 'bogus') return without(check);
    return byProof(proof, Math.min(ttlSeconds, check.ttlSeconds), failure);
  }

  #denialOf(keys: ZoneKeys): GatheredDenial {
    const { key } = keys.zone;
    const denial = this.#denials.get(key) ?? gatherDenial(this.#authorities, keys, this.#context);
    this.#denials.set(key, denial);
    return denial;
  }
}

const SECURE: Security = { kind: 'secure' };

/** The keys to check with; where there are none, what that says. */
function keysFor(trust: ZoneTrust, signing: SigningZone, what: string): ZoneKeys | Checked {
  switch (trust.kind) {
    case 'secure': {
      if (signing.isNamed && trust.zone.equals(signing.name)) return trust;
      const problem = signing.isNamed
        ? `${what} came with a signature of ${spokenName(signing.name)}, which is no zone.`
        : `${what} came without a signature, and the zone ${spokenName(trust.zone)} signs its records.`;
      return without({ kind: 'bogus', reason: problem });
    }
    case 'insecure':
    case 'bogus':
    case 'indeterminate':
      return without({ kind: trust.kind, reason: trust.reason });
    default:
      return unreachable(trust);
  }
}

function byProof(proof: Proof, ttlSeconds: number, failure: string): Checked {
  switch (proof.kind) {
    case 'proven':
      return { security: SECURE, ttlSeconds };
    case 'insecure':
      return without({ kind: 'insecure', reason: proof.reason });
    case 'unproven':
      return without({ kind: 'bogus', reason: failure });
    default:
      return unreachable(proof);
  }
}

function without({ kind, reason }: Exclude<Security, { kind: 'secure' }>): Checked {
  return { security: { kind, reason }, ttlSeconds: Infinity };
}
