/**
 * A rule that a push server can be told to break, so that clients can be seen to notice. The server keeps all others: it
 * plays a script of octets at one moment of an otherwise honest session.
 */
export interface Misbehaviour {
  /** As `demo-server --misbehave` takes it. */
  readonly name: string;
  /** What it does, as a clause without a subject: `answers with MESSAGE ID 0`. */
  readonly breach: string;
  /** The rule that it breaks, or that says what a client does then. */
  readonly section: string;
  /** The row of the conformance ledger. */
  readonly row: string;
  /** What a client has to do: RST, or close_notify and FIN; `dropped` where the server itself ends it, `failed` where TLS does. */
  readonly clientEnd: 'abort' | 'graceful' | 'dropped' | 'failed';
  /**
   * When the script is played: before the handshake, in the clear; as soon as the connection is secure; or at every message of
   * the client whose transcript line matches.
   */
  readonly at: 'handshake' | 'connection' | RegExp;
  /** Whether that message goes unanswered otherwise. */
  readonly isInstead: boolean;
  /** Whether nothing of the client is answered from then on. */
  readonly isMuteAfter: boolean;
  /**
   * What the server sends, in lines of a transcript, its end included. `#ID` is the MESSAGE ID and `NAME` the name of the
   * client's message.
   */
  readonly script: string;
}
