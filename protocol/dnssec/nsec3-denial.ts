import { spokenName } from '../discovery/spoken-name.ts';
import type { Name } from '../wire/name.ts';
import { isSameOctets } from '../wire/text.ts';
import type { CutProof, Denial, Proof } from './denial.ts';
import { cutByTypes, hidesNamesBelow, lacksType } from './denial.ts';
import { unsignedReason, wildcardOf } from './nsec-denial.ts';
import type { Nsec3 } from './nsec3.ts';
import { coversHash, isOptOut } from './nsec3.ts';
import type { Nsec3Hashes } from './nsec3-hash.ts';

/**
 * Zones that hash more often count as not signed. RFC 9276 §3.2 wants none and leaves the limit to validators; 50 is what
 * BIND, Unbound and Knot Resolver came to after CVE-2023-50868.
 */
export const MAX_NSEC3_ITERATIONS = 50;

const PROVEN: Proof = { kind: 'proven' };
const UNPROVEN: Proof = { kind: 'unproven' };

/** The proof that a name has an ancestor in the zone and nothing between (RFC 5155 §8.3). */
interface ClosestEncloser {
  readonly encloser: Name;
  /** Covers the ancestor one label longer, which is therefore not there. */
  readonly covering: Nsec3;
}

/** What checked NSEC3 records of one zone with one set of parameters prove (RFC 5155 §8). */
export class Nsec3Denial implements Denial {
  readonly #zone: Name;
  readonly #records: readonly Nsec3[];
  readonly #hashes: Nsec3Hashes;

  constructor(zone: Name, records: readonly Nsec3[], hashes: Nsec3Hashes) {
    this.#zone = zone;
    this.#records = records;
    this.#hashes = hashes;
  }

  noData(name: Name, type: number): Proof {
    const at = this.#matching(name);
    if (at !== undefined) return lacksType(at.types, type, name) ? PROVEN : UNPROVEN;
    const closest = this.#closestEncloser(name);
    if (closest === undefined) return UNPROVEN;
    const wildcard = wildcardOf(closest.encloser);
    const standing = this.#matching(wildcard);
    const isDenied = standing !== undefined && lacksType(standing.types, type, wildcard);
    // In a span that is left out, an unsigned delegation may be there, or the path to one (RFC 5155 §8.6, §9.2).
    if (isOptOut(closest.covering)) return this.#leftOut(name);
    return isDenied ? PROVEN : UNPROVEN;
  }

  noName(name: Name): Proof {
    const closest = this.#closestEncloser(name);
    if (closest === undefined) return UNPROVEN;
    if (this.#covering(wildcardOf(closest.encloser)) === undefined) return UNPROVEN;
    return isOptOut(closest.covering) ? this.#leftOut(name) : PROVEN;
  }

  noCloser(nextCloser: Name): Proof {
    const covering = this.#covering(nextCloser);
    if (covering === undefined) return UNPROVEN;
    return isOptOut(covering) ? this.#leftOut(nextCloser) : PROVEN;
  }

  cutAt(name: Name): CutProof {
    const at = this.#matching(name);
    if (at !== undefined) return cutByTypes(at.types, unsignedReason(this.#zone, name));
    const closest = this.#closestEncloser(name);
    if (closest === undefined) return { kind: 'unproven' };
    if (!isOptOut(closest.covering)) return { kind: 'no-name' };
    return { kind: 'unsigned', reason: leftOutReason(this.#zone, name) };
  }

  #leftOut(name: Name): Proof {
    return { kind: 'insecure', reason: leftOutReason(this.#zone, name) };
  }

  #matching(name: Name): Nsec3 | undefined {
    const hash = this.#hashes.of(name);
    return hash && this.#records.find((record) => isSameOctets(record.hash, hash));
  }

  #covering(name: Name): Nsec3 | undefined {
    const hash = this.#hashes.of(name);
    return hash && this.#records.find((record) => coversHash(record, hash));
  }

  /** For a name that is not there: its longest ancestor that is. */
  #closestEncloser(name: Name): ClosestEncloser | undefined {
    for (
      let nextCloser = name;
      nextCloser.labelCount > this.#zone.labelCount;
      nextCloser = nextCloser.parent
    ) {
      const encloser = nextCloser.parent;
      const at = this.#matching(encloser);
      if (at === undefined) continue;
      const covering = hidesNamesBelow(at.types) ? undefined : this.#covering(nextCloser);
      return covering && { encloser, covering };
    }
    return undefined;
  }
}

/** For a zone that hashes too often: whatever its records say is not believed, and not held against it. */
export class CostlyDenial implements Denial {
  readonly #insecure: { readonly reason: string };

  constructor(zone: Name, iterations: number) {
    this.#insecure = {
      reason:
        `The zone ${spokenName(zone)} hashes names ${iterations} times over, and such zones count as not signed ` +
        `from ${MAX_NSEC3_ITERATIONS + 1} on (RFC 9276 §3.2).`,
    };
  }

  noData(): Proof {
    return { kind: 'insecure', ...this.#insecure };
  }

  noName(): Proof {
    return this.noData();
  }

  noCloser(): Proof {
    return this.noData();
  }

  cutAt(): CutProof {
    return { kind: 'unsigned', ...this.#insecure };
  }
}

function leftOutReason(zone: Name, name: Name): string {
  return `The zone ${spokenName(zone)} leaves the part that ${spokenName(name)} would be in unsigned (opt-out).`;
}
