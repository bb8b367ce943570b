import type { Name } from '../wire/name.ts';
import { RecordType } from '../wire/registry.ts';
import type { SignedSet } from './signed-set.ts';

/** Where to look for the keys of some records: at the zone that signed them, as they say, or on the way to their name. */
export interface SigningZone {
  readonly name: Name;
  /** Whether a signature names it; else it is only the place that the records are at. */
  readonly isNamed: boolean;
}

/** The zone that a set says it is signed by. Records of a DS set are the parent's (RFC 4035 §2.4). */
export function signingZone({ owner, type, signatures }: SignedSet): SigningZone {
  const place = type === RecordType.DS ? owner.parent : owner;
  return (
    deepest(signatures.map(({ signer }) => signer).filter((signer) => place.isWithin(signer))) ??
    unnamed(place)
  );
}

/** The zone that the denial of a type at a name says it is signed by: of its NSEC or NSEC3 records, else of its SOA record. */
export function denyingZone(name: Name, type: number, authorities: readonly SignedSet[]): SigningZone {
  const place = type === RecordType.DS ? name.parent : name;
  const signersOf = (types: readonly number[]): readonly Name[] =>
    authorities
      .filter((set) => types.includes(set.type))
      .flatMap(({ owner, signatures }) =>
        signatures
          .map(({ signer }) => signer)
          .filter((signer) => place.isWithin(signer) && owner.isWithin(signer)),
      );
  return (
    deepest(signersOf([RecordType.NSEC, RecordType.NSEC3])) ??
    deepest(signersOf([RecordType.SOA])) ??
    unnamed(place)
  );
}

function deepest(signers: readonly Name[]): SigningZone | undefined {
  const [first, ...others] = signers;
  if (first === undefined) return undefined;
  const name = others.reduce((deep, other) => (other.labelCount > deep.labelCount ? other : deep), first);
  return { name, isNamed: true };
}

function unnamed(name: Name): SigningZone {
  return { name, isNamed: false };
}
