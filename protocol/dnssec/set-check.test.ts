import { expect, test } from 'vitest';
import { RecordType } from '../wire/registry.ts';
import { isZoneKey, readDnskey } from './dnskey.ts';
import { checkSet } from './set-check.ts';
import type { SignedSet } from './signed-set.ts';
import { signedSets } from './signed-set.ts';
import { recordsOfFile, spoken } from './testing/records.ts';
import { sha1Crypto } from './testing/sha1-crypto.ts';
import { WorkBudget } from './work-budget.ts';

const ZONES = [
  ['RFC 4035 Appendix A and B', 'rfc4035.zone', Date.UTC(2004, 3, 20)],
  ['RFC 5155 Appendix A and B', 'rfc5155.zone', Date.UTC(2010, 0, 1)],
] as const;

const SETS = ZONES.flatMap(([source, file, wallMs]) =>
  signedSets(recordsOfFile(file)).map(
    (set) =>
      [source, spoken({ name: set.owner, type: set.type, class: 1 }), set, file, wallMs / 1000] as const,
  ),
);

test.each(SETS)('%s: the signature of %s verifies', (_, __, set, file, nowSeconds) => {
  expect(check(set, file, nowSeconds)).toMatchObject({ kind: 'valid', ttlSeconds: 3600 });
});
function keysOf(file: string) {
  const records = recordsOfFile(file).filter(({ type }) => type === RecordType.DNSKEY);
  return { zone: records[0]!.name, keys: records.map(({ rdata }) => readDnskey(rdata)).filter(isZoneKey) };
}

function check(set: SignedSet, file: string, nowSeconds: number) {
  return checkSet(set, keysOf(file), { crypto: sha1Crypto, nowSeconds, budget: new WorkBudget() });
}
