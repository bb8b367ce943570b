import { readDnskey } from '../../../protocol/dnssec/dnskey.ts';
import { readRrsig } from '../../../protocol/dnssec/rrsig.ts';
import { signedData } from '../../../protocol/dnssec/signed-data.ts';
import { recordsOf } from '../../../protocol/dnssec/testing/records.ts';
import { nodeDnssecCrypto } from '../dnssec-crypto.ts';
import type { DnssecVector } from './dnssec-vectors.ts';

/** What the signature of a vector is found to be, and that of the same with one bit of it turned. */
export function checkVector({ key, record, signature }: DnssecVector): {
  readonly isRight: boolean;
  readonly isWrongAfterChange: boolean;
} {
  const [dnskey, signed, rrsigRecord] = recordsOf([key, record, signature].join('\n'));
  const { algorithm, publicKey, keyTag } = readDnskey(dnskey!.rdata);
  const rrsig = readRrsig(rrsigRecord!.rdata);
  if (keyTag !== rrsig.keyTag) throw new Error(`the key's tag is ${keyTag}, not ${rrsig.keyTag}`);
  const data = signedData(rrsig, signed!.name, signed!.type, [signed!]);
  const changed = rrsig.signature.map((octet, at) => (at === 20 ? octet ^ 1 : octet));
  return {
    isRight: nodeDnssecCrypto.verify(algorithm, publicKey, data, rrsig.signature),
    isWrongAfterChange: !nodeDnssecCrypto.verify(algorithm, publicKey, data, changed),
  };
}
