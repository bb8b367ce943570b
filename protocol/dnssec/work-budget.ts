/** What a validation may spend, by kind of work. */
export interface WorkLimits {
  /** Signatures to check. A cold chain of four zones with a denial by NSEC3 takes about 12; eight aliases through as many zones, 60. */
  readonly signatures: number;
  /** Signatures that turn out wrong. An honest zone has none, save where two of its keys share a tag. */
  readonly wrongSignatures: number;
  /** Digests of keys, to be compared with DS records. */
  readonly digests: number;
  /** Rounds of SHA-1 for NSEC3: a name of ten labels takes up to 11 hashes of 51 rounds. */
  readonly hashRounds: number;
  /** Questions to ask. A name of ip6.arpa takes about 40. */
  readonly questions: number;
}

/**
 * The limits of one validation. Whoever signs a zone decides how much work its validation is: keys with one tag and many
 * wrong signatures (CVE-2023-50387, "KeyTrap") or many NSEC3 rounds (CVE-2023-50868) would stop a resolver for hours.
 */
export const WORK_LIMITS: WorkLimits = {
  signatures: 96,
  wrongSignatures: 8,
  digests: 48,
  hashRounds: 8000,
  questions: 160,
};

/** What is left of the work that one validation may cost. */
export class WorkBudget {
  readonly #limits: WorkLimits;
  readonly #spent = { signatures: 0, wrongSignatures: 0, digests: 0, hashRounds: 0, questions: 0 };

  constructor(limits: WorkLimits = WORK_LIMITS) {
    this.#limits = limits;
  }

  /** Spends some work; false, and then it is not to be done, when too little is left. */
  spend(kind: keyof WorkLimits, amount = 1): boolean {
    if (this.#spent[kind] + amount > this.#limits[kind]) return false;
    this.#spent[kind] += amount;
    return true;
  }

  /** Whether nothing is left of one kind. */
  isSpent(kind: keyof WorkLimits): boolean {
    return this.#spent[kind] >= this.#limits[kind];
  }

  /** What was spent so far. */
  get spent(): WorkLimits {
    return { ...this.#spent };
  }
}
