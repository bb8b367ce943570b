/** Why a server is believed, and what it showed, as people look at it. */

/**
 * How far a server is believed, best first. `dane`: its domain's own records vouch for its key, by DNSSEC. `signed`: an
 * authority vouches for a name that DNSSEC vouches for. `domain`: an authority vouches for a name of the domain itself.
 * `target`: an authority vouches for a name that DNS gave, unsigned. `pinned`: its key is one that a person chose. `chosen`: an
 * authority that a person chose for this domain vouches for it. `resolver`: no server of the domain, but the resolver that is
 * believed for lookups as well.
 */
export type TrustLevel = 'dane' | 'signed' | 'domain' | 'target' | 'pinned' | 'chosen' | 'resolver';

/** Why a server is believed. */
export interface TrustView {
  readonly level: TrustLevel;
  /** The level in a word or two: `DANE`. */
  readonly title: string;
  /** What was shown and what that means, as one sentence. */
  readonly sentence: string;
}

/** A certificate. Texts are what it says, whoever wrote it. */
export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  /** The host names that it is for. */
  readonly names: readonly string[];
  /** From when until when it is good, in milliseconds since the epoch. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** SHA-256 of it, as pairs of hexadecimal digits between colons. */
  readonly sha256: string;
  /** SHA-256 of its key in base64, as a pin is written (RFC 7858 §4.2). */
  readonly pin: string;
}

/** What a domain's server showed of itself on the last connection, whether it was believed or not. */
export interface CertificateRow {
  /** The `id` of the domain's row. */
  readonly id: string;
  /** `host:port` */
  readonly server: string;
  readonly isBelieved: boolean;
  /** The server's own certificate first, then those that it sent along; at least one. */
  readonly chain: readonly CertificateFacts[];
  /** The connection it was shown on; null where that was refused. */
  readonly tls: TlsFacts | null;
  /** The TLSA records that DNSSEC vouches for; empty where there are none. */
  readonly tlsa: readonly string[];
  /** The one among them that fits; null where none does. */
  readonly fits: string | null;
}

/** A TLS connection. */
export interface TlsFacts {
  /** `TLS 1.3` */
  readonly version: string;
  readonly cipher: string;
  /** The application protocol that was agreed on; null where the server has none. */
  readonly alpn: string | null;
  /** Whether an earlier session was resumed: then the certificate was shown on that. */
  readonly isResumed: boolean;
}
