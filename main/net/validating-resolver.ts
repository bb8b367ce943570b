import { Asked } from '../../protocol/dnssec/asked.ts';
import { securityByResolver } from '../../protocol/dnssec/believed-ad.ts';
import type { DnssecCrypto } from '../../protocol/dnssec/dnssec-crypto.ts';
import type { TrustAnchor } from '../../protocol/dnssec/trust-anchor.ts';
import type { ValidationContext } from '../../protocol/dnssec/trust-chain.ts';
import type { Verdict } from '../../protocol/dnssec/validation.ts';
import { validate } from '../../protocol/dnssec/validation.ts';
import { WorkBudget } from '../../protocol/dnssec/work-budget.ts';
import { ZoneMemory } from '../../protocol/dnssec/zone-memory.ts';
import type { DnsMessage } from '../../protocol/wire/message.ts';
import type { Question } from '../../protocol/wire/record.ts';
import type { Clock } from './clock.ts';
import { nodeDnssecCrypto } from './dnssec-crypto.ts';
import { run } from './procedure.ts';
import type { Resolved } from './resolved.ts';
import type { Resolver } from './resolver.ts';
import { CANCELLED } from './resolver.ts';
import type { SecureAddress } from './resolver-address.ts';

/**
 * An answer waits no longer than this for the keys that vouch for it, in milliseconds: resolvers that serve a few zones alone
 * may never answer for others. What could not be checked by then is indeterminate, which is never taken for secure.
 */
const CHAIN_MS = 4_000;

/** A resolver that can be ended. */
export interface EndingResolver extends Resolver {
  /** Ends all questions under way; their replies say that they were cancelled. */
  close(): void;
}

/** What a validating resolver is made of. */
export interface ValidatingResolverOptions {
  /** Asks for signatures: a `StubResolver` or `SystemResolver` with `dnssec: 'signatures'`. */
  readonly signatures: EndingResolver;
  /** Asks the same servers for their own verdict: the same with `dnssec: 'verdict'`. */
  readonly verdicts: EndingResolver;
  readonly anchors: readonly TrustAnchor[];
  readonly clock: Clock;
  /** Node's outside of tests. */
  readonly crypto?: DnssecCrypto;
}

/**
 * Answers questions and says of every answer what DNSSEC does, by signatures that are checked here, up to the trust anchors.
 * A bogus answer is given as such, with its reason: what to make of it is for who asked. Where the resolver takes the
 * signatures out of its answers its own word counts, if the way to it is one that nobody else can write to, and is labelled.
 *
 * The keys of zones are kept for as long as they live, so that a chain is not walked again; the same question under way
 * twice is asked once, by the resolver beneath.
 */
export class ValidatingResolver implements EndingResolver {
  readonly #options: ValidatingResolverOptions;
  readonly #memory = new ZoneMemory();

  constructor(options: ValidatingResolverOptions) {
    this.#options = options;
  }

  get secureAddress(): SecureAddress | undefined {
    return this.#options.signatures.secureAddress;
  }

  async query(question: Question, signal?: AbortSignal): Promise<Resolved> {
    const { signatures } = this.#options;
    const reply = await signatures.query(question, signal);
    if (reply.kind === 'failed') return reply;
    const verdict = await this.#verdictOn(question, reply.message, signal);
    if (signal?.aborted === true) return CANCELLED;
    if (verdict.isStripped) return this.#byResolver(question, signal);
    const { message, security } = verdict;
    return { ...reply, message, security };
  }

  forget(): void {
    const { signatures, verdicts } = this.#options;
    signatures.forget();
    verdicts.forget();
    this.#memory.clear();
  }

  close(): void {
    this.#options.signatures.close();
    this.#options.verdicts.close();
  }

  async #verdictOn(
    question: Question,
    message: DnsMessage,
    signal: AbortSignal | undefined,
  ): Promise<Verdict> {
    const { signatures, anchors, clock, crypto = nodeDnssecCrypto } = this.#options;
    const budget = new WorkBudget();
    const now = { nowMs: clock.nowMs(), wallMs: clock.wallMs() };
    const nowSeconds = Math.floor(now.wallMs / 1000);
    const asked = new Asked(budget);
    const context: ValidationContext = {
      anchors,
      crypto,
      budget,
      asked,
      memory: this.#memory,
      now,
      nowSeconds,
    };
    const late = new AbortController();
    const cancel = clock.at(now.nowMs + CHAIN_MS, () => late.abort());
    const ends = signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]);
    const verdict = await run(validate(question, message, context), signatures, ends);
    cancel();
    return verdict;
  }

  async #byResolver(question: Question, signal: AbortSignal | undefined): Promise<Resolved> {
    const reply = await this.#options.verdicts.query(question, signal);
    if (reply.kind === 'failed') return reply;
    return { ...reply, security: securityByResolver(reply.message, reply.path ?? 'open') };
  }
}
