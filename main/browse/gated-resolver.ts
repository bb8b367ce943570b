import type { Question } from '../../protocol/wire/record.ts';
import type { Resolved } from '../net/resolved.ts';
import type { SecureAddress } from '../net/resolver-address.ts';
import type { Resolver } from '../net/resolver.ts';
import type { PlaceGate } from './places.ts';

/**
 * A resolver that a domain's questions reach only where they may be asked. The network is looked at before every one of
 * them, since the machine may have moved a moment ago and nobody was told yet.
 */
export class GatedResolver implements Resolver {
  readonly #resolver: Resolver;
  readonly #gate: PlaceGate;

  constructor(resolver: Resolver, gate: PlaceGate) {
    this.#resolver = resolver;
    this.#gate = gate;
  }

  get secureAddress(): SecureAddress | undefined {
    return this.#gate.closedFor === null ? this.#resolver.secureAddress : undefined;
  }

  async query(question: Question, signal?: AbortSignal): Promise<Resolved> {
    const reason = await this.#gate.look();
    return reason === null ? await this.#resolver.query(question, signal) : { kind: 'failed', reason };
  }

  forget(): void {
    this.#resolver.forget();
  }
}
