import { Asked } from '../../protocol/dnssec/asked.ts';
import { securityByResolver } from '../../protocol/dnssec/believed-ad.ts';
import type { DnssecCrypto } from '../../protocol/dnssec/dnssec-crypto.ts';
import type { TrustAnchor } from '../../protocol/dnssec/trust-anchor.ts';
import type { ValidationContext } from '../../protocol/dnssec/trust-chain.ts';
import { questionsAhead } from '../../protocol/dnssec/trust-chain.ts';
import { validate } from '../../protocol/dnssec/validation.ts';
import { WorkBudget } from '../../protocol/dnssec/work-budget.ts';
import type { Moment } from '../../protocol/dnssec/zone-memory.ts';
import { ZoneMemory } from '../../protocol/dnssec/zone-memory.ts';
import type { Question } from '../../protocol/wire/record.ts';
import { questionKey } from '../../protocol/wire/record.ts';
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
    const late = new AbortController();
    const ends = signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]);
    const answer = this.#options.signatures.query(question, signal);
    const chain = this.#askingAhead(question, ends);
    const reply = await answer;
    if (reply.kind === 'failed') {
      late.abort();
      return reply;
    }
    const { clock } = this.#options;
    const cancel = clock.at(clock.nowMs() + CHAIN_MS, () => late.abort());
    const context = this.#context();
    const verdict = await run(validate(question, reply.message, context), chain, ends);
    cancel();
    late.abort(); // what was asked ahead in vain
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

  /** Asks for the keys of the likely zones while the answer is on its way, which saves a round trip; gives them to who asks. */
  #askingAhead(question: Question, signal: AbortSignal): Pick<Resolver, 'query'> {
    const { signatures, anchors } = this.#options;
    const context = { anchors, memory: this.#memory, now: this.#now() };
    const replies = new Map<string, Promise<Resolved>>();
    for (const ahead of questionsAhead(question.name, context))
      replies.set(questionKey(ahead), signatures.query(ahead, signal));
    return {
      query: (asked, ends) => replies.get(questionKey(asked)) ?? signatures.query(asked, ends),
    };
  }

  #context(): ValidationContext {
    const { anchors, crypto = nodeDnssecCrypto } = this.#options;
    const budget = new WorkBudget();
    const now = this.#now();
    const nowSeconds = Math.floor(now.wallMs / 1000);
    return { anchors, crypto, budget, asked: new Asked(budget), memory: this.#memory, now, nowSeconds };
  }

  #now(): Moment {
    const { clock } = this.#options;
    return { nowMs: clock.nowMs(), wallMs: clock.wallMs() };
  }

  async #byResolver(question: Question, signal: AbortSignal | undefined): Promise<Resolved> {
    const reply = await this.#options.verdicts.query(question, signal);
    if (reply.kind === 'failed') return reply;
    return { ...reply, security: securityByResolver(reply.message, reply.path ?? 'open') };
  }
}
