import type { Name } from '../wire/name.ts';
import { RecordType } from '../wire/registry.ts';
import type { TypeBitmap } from './type-bitmap.ts';

/** Whether the records of a zone prove that something is not there. */
export type Proof =
  | { readonly kind: 'proven' }
  /** Not there, unless in a part of the zone that its owner left unsigned; `reason` is a sentence. */
  | { readonly kind: 'insecure'; readonly reason: string }
  | { readonly kind: 'unproven' };

/** What the records of a zone prove of a name in it that has no DS record there. */
export type CutProof =
  /** Not a zone of its own. */
  | { readonly kind: 'no-cut' }
  /** Not there at all, and so nothing below it either. */
  | { readonly kind: 'no-name' }
  /** A zone of its own that is not signed, or perhaps one; `reason` is a sentence. */
  | { readonly kind: 'unsigned'; readonly reason: string }
  | { readonly kind: 'unproven' };

/** Checked NSEC or NSEC3 records of one zone, as what they prove (RFC 4035 §5.4, RFC 5155 §8). */
export interface Denial {
  /** There is no record of this type at a name, be it there or stand a wildcard for it. */
  noData(name: Name, type: number): Proof;
  /** There is no such name, nor a wildcard that would stand for it. */
  noName(name: Name): Proof;
  /** There is nothing at or below a name: so a wildcard stands for the names below (RFC 4035 §5.3.4, RFC 5155 §8.8). */
  noCloser(nextCloser: Name): Proof;
  /** What a name without a DS record is. */
  cutAt(name: Name): CutProof;
}

/** Whether the types at a name deny one of them: a delegation answers for DS only, and an apex for all but DS (RFC 6840 §4.1). */
export function lacksType(types: TypeBitmap, type: number, owner: Name): boolean {
  if (types.has(type) || types.has(RecordType.CNAME)) return false;
  return type === RecordType.DS ? owner.isRoot || !types.has(RecordType.SOA) : !isDelegation(types);
}

/** Whether the types are those of a delegation, seen from the zone above. */
export function isDelegation(types: TypeBitmap): boolean {
  return types.has(RecordType.NS) && !types.has(RecordType.SOA);
}

/** Whether names below are another zone's or aliases, of which records here say nothing (RFC 6840 §4.1, RFC 6672 §5.3.4.1). */
export function hidesNamesBelow(types: TypeBitmap): boolean {
  return isDelegation(types) || types.has(RecordType.DNAME);
}

/** What the types at a name say of it, seen from the zone above; an apex speaks for the wrong side, a DS record for itself. */
export function cutByTypes(types: TypeBitmap, unsigned: string): CutProof {
  if (types.has(RecordType.DS) || types.has(RecordType.SOA)) return { kind: 'unproven' };
  return types.has(RecordType.NS) ? { kind: 'unsigned', reason: unsigned } : { kind: 'no-cut' };
}

/** Tries one denial after another. */
export function eitherDenial(denials: readonly Denial[]): Denial {
  const first = <Outcome extends { readonly kind: string }>(prove: (denial: Denial) => Outcome): Outcome => {
    const outcomes = denials.map(prove);
    return outcomes.find(({ kind }) => kind !== 'unproven') ?? outcomes[0]!;
  };
  return {
    noData: (name, type) => first((denial) => denial.noData(name, type)),
    noName: (name) => first((denial) => denial.noName(name)),
    noCloser: (nextCloser) => first((denial) => denial.noCloser(nextCloser)),
    cutAt: (name) => first((denial) => denial.cutAt(name)),
  };
}
