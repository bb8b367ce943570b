import { spokenName } from '../discovery/spoken-name.ts';
import type { Name } from '../wire/name.ts';
import { commonAncestor } from './canonical-name.ts';
import type { CutProof, Denial, Proof } from './denial.ts';
import { cutByTypes, hidesNamesBelow, lacksType } from './denial.ts';
import type { Nsec } from './nsec.ts';
import { covers } from './nsec.ts';

const PROVEN: Proof = { kind: 'proven' };
const UNPROVEN: Proof = { kind: 'unproven' };

/** What checked NSEC records of one zone prove (RFC 4035 §5.4). */
export class NsecDenial implements Denial {
  readonly #zone: Name;
  readonly #nsecs: readonly Nsec[];

  constructor(zone: Name, nsecs: readonly Nsec[]) {
    this.#zone = zone;
    this.#nsecs = nsecs;
  }

  noData(name: Name, type: number): Proof {
    const at = this.#matching(name);
    if (at !== undefined) return lacksType(at.types, type, name) ? PROVEN : UNPROVEN;
    const covering = this.#covering(name);
    if (covering === undefined) return UNPROVEN;
    // The next name lies below: the name is there, and has no records at all (RFC 4592 §2.2.2).
    if (covering.next.isWithin(name)) return PROVEN;
    const wildcard = wildcardOf(closestEncloser(covering, name));
    const standing = this.#matching(wildcard);
    return standing !== undefined && lacksType(standing.types, type, wildcard) ? PROVEN : UNPROVEN;
  }

  noName(name: Name): Proof {
    const covering = this.#empty(name);
    if (covering === undefined) return UNPROVEN;
    return this.#empty(wildcardOf(closestEncloser(covering, name))) === undefined ? UNPROVEN : PROVEN;
  }

  noCloser(nextCloser: Name): Proof {
    return this.#empty(nextCloser) === undefined ? UNPROVEN : PROVEN;
  }

  cutAt(name: Name): CutProof {
    const at = this.#matching(name);
    if (at !== undefined) return cutByTypes(at.types, unsignedReason(this.#zone, name));
    const covering = this.#covering(name);
    if (covering === undefined) return { kind: 'unproven' };
    return covering.next.isWithin(name) ? { kind: 'no-cut' } : { kind: 'no-name' };
  }

  #matching(name: Name): Nsec | undefined {
    return this.#nsecs.find(({ owner }) => owner.equals(name));
  }

  /** A record that says that the name has none of its own. */
  #covering(name: Name): Nsec | undefined {
    return this.#nsecs.find(
      (nsec) => covers(nsec, name) && !(name.isWithin(nsec.owner) && hidesNamesBelow(nsec.types)),
    );
  }

  /** A record that says that nothing is at the name or below it. */
  #empty(name: Name): Nsec | undefined {
    const covering = this.#covering(name);
    return covering?.next.isWithin(name) === true ? undefined : covering;
  }
}

/** Why what lies below a delegation is not signed. */
export function unsignedReason(zone: Name, name: Name): string {
  return `The zone ${spokenName(zone)} says, signed, that ${spokenName(name)} is not signed.`;
}

/** The wildcard right below a name. */
export function wildcardOf(encloser: Name): Name {
  return encloser.prepend('*');
}

/** The longest ancestor of a name that is there, by the two names that it lies between. */
function closestEncloser({ owner, next }: Nsec, name: Name): Name {
  const byOwner = commonAncestor(owner, name);
  const byNext = commonAncestor(next, name);
  return byOwner.labelCount > byNext.labelCount ? byOwner : byNext;
}
