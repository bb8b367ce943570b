import type { Security } from '../discovery/security.ts';
import type { DnsMessage } from '../wire/message.ts';

/**
 * The way an answer came: inside this machine, over TLS from a resolver that has shown who it is, or open to everybody on
 * the way. What a resolver says of signatures it has checked (the AD bit) is worth something on the first two alone
 * (RFC 6698 §4.1, RFC 4035 §4.9.3).
 */
export type AnswerPath = 'loopback' | 'dot' | 'open';

/**
 * Whether the AD bit of an answer is to be believed: only where nobody on the way could have set it, since it is one bit
 * in the clear (RFC 4035 §4.9.3, RFC 6698 §4.1). That the resolver itself tells the truth is then its owner's word.
 */
export function believedAd({ isAuthenticData }: DnsMessage, path: AnswerPath): boolean {
  return isAuthenticData && path !== 'open';
}

/** What an answer comes to whose signatures nobody here can check, by the word of the resolver. */
export function securityByResolver(message: DnsMessage, path: AnswerPath): Security {
  if (believedAd(message, path)) return { kind: 'secure', by: 'resolver' };
  const reason =
    path === 'open'
      ? 'The resolver leaves out the signatures, and what it says itself of them could have been altered on the way: ' +
        'choose one that passes DNSSEC on.'
      : 'The resolver leaves out the signatures, and does not say that it checked them: choose one that passes DNSSEC on, or checks it.';
  return { kind: 'indeterminate', reason };
}
