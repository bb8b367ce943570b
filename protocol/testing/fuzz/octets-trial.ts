import { formatExactly } from '../../transcript-message.ts';
import { hexOf } from '../../wire/text.ts';
import type { Trial } from './trial.ts';
import { shortened, shortenedOctets } from './trial.ts';

/** A trial whose input is a message, or what somebody sends in place of one. */
export function octetsTrial(octets: Uint8Array, check: (octets: Uint8Array) => void): Trial {
  return {
    check: () => check(octets),
    *smaller() {
      for (const fewer of shortenedOctets(octets)) yield octetsTrial(fewer, check);
    },
    show: () => [`octets: ${hexOf(octets)}`, `line:   ${exactLine(octets)}`],
  };
}

/** The message in words that lead back to it, octets if need be: what makes words of it may be what is wrong. */
export function exactLine(octets: Uint8Array): string {
  try {
    return formatExactly(octets);
  } catch (error) {
    return `BYTES ${hexOf(octets)} # ${String(error)}`;
  }
}

/** A trial whose input is several messages, one after the other. */
export function messagesTrial(
  messages: readonly Uint8Array[],
  check: (messages: readonly Uint8Array[]) => void,
): Trial {
  return {
    check: () => check(messages),
    *smaller() {
      for (const fewer of shortened(messages)) yield messagesTrial(fewer, check);
      for (const [at, octets] of messages.entries()) {
        for (const less of shortenedOctets(octets)) yield messagesTrial(messages.with(at, less), check);
      }
    },
    show: () => messages.flatMap((octets) => [`octets: ${hexOf(octets)}`, `line:   ${exactLine(octets)}`]),
  };
}
