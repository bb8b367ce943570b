import { ProtocolError } from '../errors.ts';
import type { Reply } from '../discovery/procedure.ts';
import { spokenName } from '../discovery/spoken-name.ts';
import type { Name } from '../wire/name.ts';
import { RecordType } from '../wire/registry.ts';
import { isSameOctets } from '../wire/text.ts';
import { failureOf } from './delegation.ts';
import type { Dnskey } from './dnskey.ts';
import { isZoneKey, readDnskey } from './dnskey.ts';
import type { Ds } from './ds.ts';
import { dsInput } from './ds.ts';
import type { CheckContext } from './set-check.ts';
import { checkSet, isExact } from './set-check.ts';
import { setOf, signedSets } from './signed-set.ts';

/** Who vouches for a zone's keys: DS records of the zone above, or a trust anchor, which may name keys themselves. */
export interface Voucher {
  readonly zone: Name;
  /** Of kinds that are known here. */
  readonly ds: readonly Ds[];
  readonly keys: readonly Dnskey[];
}

/** The keys of a zone as an answer has them. */
export type CheckedKeys =
  | {
      readonly kind: 'secure';
      readonly zone: Name;
      readonly keys: readonly Dnskey[];
      readonly ttlSeconds: number;
    }
  | {
      readonly kind: 'bogus';
      readonly reason: string;
      /** The answer has no signature at all, or no key. */
      readonly isUnsigned: boolean;
    }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * Checks the answer to the question for a zone's DNSKEY records: one of them is vouched for, and signs them all (RFC 4035
 * §5.2). Then all of the zone's keys may sign its records.
 */
export function checkKeys(voucher: Voucher, reply: Reply, context: CheckContext): CheckedKeys {
  const { zone } = voucher;
  const failure = failureOf(reply, zone);
  if (reply.kind === 'failed' || failure !== undefined) return { kind: 'unknown', reason: failure! };
  const set = setOf(signedSets(reply.message.answers), zone, RecordType.DNSKEY);
  const isUnsigned = set === undefined || set.signatures.length === 0;
  if (set === undefined) {
    return {
      kind: 'bogus',
      reason: `The zone ${spokenName(zone)} should have keys, and its answer has none.`,
      isUnsigned,
    };
  }
  const keys = set.records
    .flatMap(({ rdata }) => parsed(rdata))
    .filter((key) => isZoneKey(key) && context.crypto.knowsAlgorithm(key.algorithm));
  const vouchedFor = keys.filter((key) => isVouchedFor(key, voucher, context));
  if (vouchedFor.length === 0) return { kind: 'bogus', reason: withoutVouchedKey(voucher), isUnsigned };
  const check = checkSet(set, { zone, keys: vouchedFor }, context);
  if (check.kind === 'bogus') return { ...check, isUnsigned };
  if (!isExact(set, check)) return { kind: 'bogus', reason: withoutVouchedKey(voucher), isUnsigned };
  return { kind: 'secure', zone, keys, ttlSeconds: check.ttlSeconds };
}

function isVouchedFor(key: Dnskey, { zone, ds, keys }: Voucher, { crypto, budget }: CheckContext): boolean {
  if (keys.some(({ rdata }) => isSameOctets(rdata, key.rdata))) return true;
  return ds.some(
    ({ keyTag, algorithm, digestType, digest }) =>
      keyTag === key.keyTag &&
      algorithm === key.algorithm &&
      budget.spend('digests') &&
      isSameOctets(digest, crypto.digest(digestType, dsInput(zone, key.rdata))),
  );
}

function withoutVouchedKey({ zone, ds, keys }: Voucher): string {
  const tags = [...ds, ...keys].map(({ keyTag }) => keyTag).join(', ');
  return `The zone ${spokenName(zone)} does not have the key that is vouched for (${tags}).`;
}

function parsed(rdata: Uint8Array): readonly Dnskey[] {
  try {
    return [readDnskey(rdata)];
  } catch (error) {
    if (error instanceof ProtocolError) return [];
    throw error;
  }
}
