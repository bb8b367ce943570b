import type { DnsMessage } from '../wire/message.ts';
import type { Question } from '../wire/record.ts';
import type { Security } from './security.ts';

/** What became of a question that a procedure asked. */
export type Reply =
  /**
   * A resolver answered, well or not: the RCODE is in the message. TTLs are what is left of them, cache time taken off.
   * `security` is what DNSSEC says of it; absent where nobody looked (`UNCHECKED`).
   */
  | { readonly kind: 'answer'; readonly message: DnsMessage; readonly security?: Security }
  /** Nobody answered. `reason` is a sentence for people: what happened, what it means, what to do. */
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * A sequential procedure that needs DNS: it yields questions that may be asked at the same time and is resumed with
 * their replies, in the same order. Whoever drives it owns sockets, caches and time; a test drives it by hand.
 */
export type Procedure<Result> = Generator<readonly Question[], Result, readonly Reply[]>;
