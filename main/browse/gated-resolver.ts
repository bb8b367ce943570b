import type { Question } from '../../protocol/wire/record.ts';
import type { Resolved } from '../net/resolved.ts';
import type { SecureAddress } from '../net/resolver-address.ts';
import type { Resolver } from '../net/resolver.ts';
import { RecordType } from '../../protocol/wire/registry.ts';
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
    if (reason !== null) return { kind: 'failed', reason };
    const reply = await this.#resolver.query(question, signal);
    // A resolver that makes up an address for every name, as in a hotel, knows none by that.
    const isFound = reply.kind === 'answer' && reply.message.answers.some(({ type }) => !isAddress(type));
    if (isFound) this.#gate.knows(question.name);
    return reply;
  }

  forget(): void {
    this.#resolver.forget();
  }
}

function isAddress(type: number): boolean {
  return type === RecordType.A || type === RecordType.AAAA;
}
