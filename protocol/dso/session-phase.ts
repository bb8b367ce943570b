/** A server that has not answered the opener by then is given up (RFC 8490 §5.1.1). */
export const ESTABLISHMENT_MS = 30_000;
/** A Keepalive that is not answered by then shows a dead peer; RFC 8490 §6.5 leaves the figure open. */
export const KEEPALIVE_REPLY_MS = 30_000;
/** The same where the network is known to have changed: whoever is still there answers within one slow round trip or two. */
export const PROBE_REPLY_MS = 5_000;
/** A server that sent Retry Delay leaves the client this long to close (RFC 8490 §6.6.1). */
export const RETRY_DELAY_GRACE_MS = 5_000;

/** Wherever a session stops, the phase says so; what belongs to one phase lives in it. */
export type Phase =
  | { readonly name: 'establishing'; readonly sinceMs: number }
  | { readonly name: 'established' }
  /** A server that sent Retry Delay: nothing more is sent, and what arrives is not answered (RFC 8490 §6.6.1.1). */
  | { readonly name: 'draining'; readonly untilMs: number }
  | { readonly name: 'ended' };
