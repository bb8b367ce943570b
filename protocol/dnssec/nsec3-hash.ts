import type { Name } from '../wire/name.ts';
import { canonicalName } from './canonical-name.ts';
import type { DnssecCrypto } from './dnssec-crypto.ts';
import type { Nsec3Parameters } from './nsec3.ts';
import type { WorkBudget } from './work-budget.ts';

/** The hash of a name in a zone: of its canonical form and the salt, and so many times more of the hash and the salt (RFC 5155 §5). */
export function nsec3Hash(
  name: Name,
  { iterations, salt }: Nsec3Parameters,
  crypto: DnssecCrypto,
): Uint8Array {
  let hash = crypto.sha1(joined(canonicalName(name), salt));
  for (let round = 0; round < iterations; round++) hash = crypto.sha1(joined(hash, salt));
  return hash;
}

/** The hashes of names in one zone, each made once, while the budget lasts. */
export class Nsec3Hashes {
  readonly #parameters: Nsec3Parameters;
  readonly #crypto: DnssecCrypto;
  readonly #budget: WorkBudget;
  readonly #known = new Map<string, Uint8Array>();

  constructor(parameters: Nsec3Parameters, crypto: DnssecCrypto, budget: WorkBudget) {
    this.#parameters = parameters;
    this.#crypto = crypto;
    this.#budget = budget;
  }

  /** Undefined when the budget is spent. */
  of(name: Name): Uint8Array | undefined {
    const known = this.#known.get(name.key);
    if (known !== undefined) return known;
    if (!this.#budget.spend('hashRounds', this.#parameters.iterations + 1)) return undefined;
    const hash = nsec3Hash(name, this.#parameters, this.#crypto);
    this.#known.set(name.key, hash);
    return hash;
  }
}

function joined(front: Uint8Array, back: Uint8Array): Uint8Array {
  const whole = new Uint8Array(front.length + back.length);
  whole.set(front);
  whole.set(back, front.length);
  return whole;
}
