import { ProtocolError } from '../errors.ts';
import { spokenName } from '../discovery/spoken-name.ts';
import type { Name } from '../wire/name.ts';
import { typeName } from '../wire/registry.ts';
import { signedLabels } from './canonical-name.ts';
import type { Dnskey } from './dnskey.ts';
import type { DnssecCrypto } from './dnssec-crypto.ts';
import type { Rrsig } from './rrsig.ts';
import { validityOf } from './rrsig.ts';
import { signedData } from './signed-data.ts';
import type { SignedSet } from './signed-set.ts';
import type { WorkBudget } from './work-budget.ts';

/** A zone and those of its keys that may sign its records. */
export interface ZoneKeys {
  readonly zone: Name;
  readonly keys: readonly Dnskey[];
}

/** What every check needs: the primitives, the moment, and what is left to spend. */
export interface CheckContext {
  readonly crypto: DnssecCrypto;
  /** Seconds since 1970. */
  readonly nowSeconds: number;
  readonly budget: WorkBudget;
}

/** What the signatures of a set come to. */
export type SetCheck =
  | {
      readonly kind: 'valid';
      /** How many labels the signed owner has; fewer than the owner's where a wildcard was expanded (RFC 4035 §5.3.4). */
      readonly labels: number;
      /** How long the set may be used: no longer than was signed, nor than the signature lasts (RFC 4035 §5.3.3). */
      readonly ttlSeconds: number;
    }
  | { readonly kind: 'bogus'; readonly reason: string };

/** Checks a set with the keys of its zone: one signature that verifies is enough (RFC 4035 §5.3, RFC 6840 §5.4). */
export function checkSet(set: SignedSet, zoneKeys: ZoneKeys, context: CheckContext): SetCheck {
  const own = set.signatures.filter((rrsig) => rrsig.signer.equals(zoneKeys.zone));
  const fitting = own.filter((rrsig) => rrsig.labels <= signedLabels(set.owner));
  if (fitting.length === 0)
    return bogus(`${spokenSet(set)} came without a signature of the zone ${spokenName(zoneKeys.zone)}.`);
  let problem: string | undefined;
  for (const rrsig of fitting) {
    const validity = validityOf(rrsig, context.nowSeconds);
    if (validity.kind !== 'current') {
      problem ??= untimely(set, rrsig, validity.kind, context.nowSeconds);
      continue;
    }
    const keys = zoneKeys.keys.filter(
      ({ keyTag, algorithm }) => keyTag === rrsig.keyTag && algorithm === rrsig.algorithm,
    );
    if (keys.length === 0) problem ??= withoutKey(set, rrsig);
    for (const key of keys) {
      const outcome = verifies(set, rrsig, key, context);
      if (outcome === 'right') {
        const ttlSeconds = Math.min(set.ttlSeconds, rrsig.originalTtlSeconds, validity.secondsLeft);
        return { kind: 'valid', labels: rrsig.labels, ttlSeconds };
      }
      if (outcome === 'too-much') return bogus(tooMuchWork(set));
      problem = wrong(set, rrsig);
    }
  }
  return bogus(problem!);
}

/** Whether a set that was checked stands at its own name, not expanded from a wildcard. */
export function isExact(set: SignedSet, check: SetCheck & { readonly kind: 'valid' }): boolean {
  return check.labels === signedLabels(set.owner);
}

/** A set as sentences have it: `The SRV records of _ipp._tcp.example.com`. */
export function spokenSet({ owner, type }: { readonly owner: Name; readonly type: number }): string {
  return `The ${typeName(type)} records of ${spokenName(owner)}`;
}

type Outcome = 'right' | 'wrong' | 'too-much';

function verifies(set: SignedSet, rrsig: Rrsig, key: Dnskey, { crypto, budget }: CheckContext): Outcome {
  if (budget.isSpent('wrongSignatures') || !budget.spend('signatures')) return 'too-much';
  try {
    const data = signedData(rrsig, set.owner, set.type, set.records);
    if (crypto.verify(key.algorithm, key.publicKey, data, rrsig.signature)) return 'right';
  } catch (error) {
    // RDATA that does not parse cannot be put into the form that is signed.
    if (!(error instanceof ProtocolError)) throw error;
  }
  budget.spend('wrongSignatures');
  return 'wrong';
}

function bogus(reason: string): SetCheck {
  return { kind: 'bogus', reason };
}

function untimely(set: SignedSet, rrsig: Rrsig, kind: 'expired' | 'not-yet', nowSeconds: number): string {
  const clock = `by this machine's clock it is ${spokenTime(nowSeconds)}`;
  return kind === 'expired'
    ? `The signature of ${inSentence(set)} ended on ${spokenTime(rrsig.expiration)}, and ${clock}: the zone is no longer signed in time, or an old answer was replayed, or the clock is wrong.`
    : `The signature of ${inSentence(set)} begins on ${spokenTime(rrsig.inception)}, and ${clock}: one of the clocks is wrong.`;
}

function withoutKey(set: SignedSet, rrsig: Rrsig): string {
  return `The signature of ${inSentence(set)} is of the key ${rrsig.keyTag} (algorithm ${rrsig.algorithm}), which the zone ${spokenName(rrsig.signer)} does not have.`;
}

function wrong(set: SignedSet, rrsig: Rrsig): string {
  return `The signature of ${inSentence(set)} by the key ${rrsig.keyTag} of ${spokenName(rrsig.signer)} does not fit them.`;
}

function tooMuchWork(set: SignedSet): string {
  return `To check ${inSentence(set)} takes more work than any honest zone asks for, so it was given up.`;
}

function inSentence(set: SignedSet): string {
  return spokenSet(set).replace('The', 'the');
}

/** `2026-11-26 11:30 UTC`. */
function spokenTime(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
