/** What came of checking one service: of a TCP connection to where its records say it is. */
export interface ServiceCheck {
  /** `reachable`: something took the connection. `unreachable`: nothing did. `uncheckable`: neither can be said. */
  readonly verdict: 'reachable' | 'unreachable' | 'uncheckable';
  /** What became of the record that says where it is; null where nothing speaks against it. */
  readonly doubt: Doubt | null;
  /** The verdict and what follows from it, for people. */
  readonly text: string;
}

/**
 * Whether the server of a record was asked to reconfirm it (RFC 8765 §6.5). `sent`: now. `sent-lately`: within the last
 * minute, and not again. `answered`: never any more, for it once answered, which ends the session. `not-covered`: no
 * live subscription vouches for the record.
 */
export type Doubt = 'sent' | 'sent-lately' | 'answered' | 'not-covered';
