import type { TrustAnchor } from '../../protocol/dnssec/trust-anchor.ts';
import type { StubResolverOptions } from './resolver.ts';
import { StubResolver } from './resolver.ts';
import { ValidatingResolver } from './validating-resolver.ts';

/**
 * A resolver that asks some servers, recursive ones or authoritative ones of all that is asked, and checks their answers by
 * trust anchors. `const reply = await validatingStub({ servers, clock, random }, anchors).query(question)` validates one
 * answer: `reply.security` says what it came to and why, `reply.message` is the answer.
 */
export function validatingStub(
  options: Omit<StubResolverOptions, 'dnssec'>,
  anchors: readonly TrustAnchor[],
): ValidatingResolver {
  return new ValidatingResolver({
    signatures: new StubResolver({ ...options, dnssec: 'signatures' }),
    verdicts: new StubResolver({ ...options, dnssec: 'verdict' }),
    anchors,
    clock: options.clock,
  });
}
