import type { ProtocolError } from '../errors.ts';

/** Why a session ended, for what is allowed next (RFC 8490 §6.6.3, `RetryPolicy`). */
export type EndCause =
  /** Nobody needed it any more, or the application is going away. */
  | 'done'
  /** The inactivity timeout ran out. */
  | 'idle'
  /** The server sent Retry Delay, or this end is a server that did. */
  | 'retry-delay'
  /** The peer answered the opener with an error: it does no DSO (RFC 8490 §5.1.1). */
  | 'no-dso'
  /** The peer broke a rule. */
  | 'fault'
  /** The peer said nothing in time. */
  | 'silence'
  /** The network has changed and took the connection along: the peer, which does not answer a probe, is not to blame. */
  | 'severed';

/** Octets for the peer, a whole message with its length. */
export interface SendOutput {
  readonly kind: 'send';
  readonly bytes: Uint8Array;
}

/**
 * The end of the connection, the last output of a session. `graceful` is close_notify and FIN and lets what is under way
 * arrive; `abort` is RST and does not (RFC 8490 §5.3).
 */
export interface CloseOutput {
  readonly kind: 'close';
  readonly how: 'graceful' | 'abort';
  readonly cause: EndCause;
  /** One sentence with the section that demands it. */
  readonly reason: string;
  /** How long the server asked us to stay away, when `cause` is `retry-delay`. */
  readonly retryDelayMs?: number;
  /** The rule that the peer broke, when `cause` is `fault` and it was one of these. */
  readonly fault?: ProtocolError;
}

/** What a session wants done on its connection. */
export type SessionOutput = SendOutput | CloseOutput;

/** A request of the peer, to be answered once with `DsoSession.respond`. */
export interface PeerRequest<Value> {
  readonly kind: 'request';
  readonly id: number;
  readonly type: number;
  readonly value: Value;
  /** A padded request gets a padded response (RFC 8490 §7.3). */
  readonly isPadded: boolean;
}

/** What a session tells the layer above. */
export type SessionEvent<Value> =
  /** The first request was answered NOERROR: both ends may now send unidirectional messages (RFC 8490 §5.1). */
  | { readonly kind: 'established' }
  | PeerRequest<Value>
  /** A unidirectional message. */
  | { readonly kind: 'notice'; readonly value: Value }
  /** The answer to a request of ours. A long-lived operation that was answered NOERROR is live from here on. */
  | {
      readonly kind: 'response';
      readonly id: number;
      readonly rcode: number;
      readonly retryDelayMs: number | undefined;
    }
  /** The responder ended a live operation of ours (RFC 8490 §5.6). */
  | {
      readonly kind: 'cancelled';
      readonly id: number;
      readonly rcode: number;
      readonly retryDelayMs: number | undefined;
    }
  /** An ordinary DNS message on the session. */
  | { readonly kind: 'ordinary'; readonly bytes: Uint8Array };
