/** A visit to a TLS server on loopback, as `tls-visitor.ts` is told of it. */
export interface Visit {
  readonly port: number;
  readonly serverName: string;
  /** Authorities to trust, as PEM. */
  readonly ca?: string;
  /** RDATA of TLSA records, in hexadecimal digits. */
  readonly dane?: readonly string[];
  /** An identity to show: a file in base64, and its passphrase. */
  readonly pkcs12?: { readonly file: string; readonly passphrase: string };
  /** To look at the runtime itself, without Herald. */
  readonly isRaw?: boolean;
}

/** What became of it. */
export interface Visited {
  readonly kind: 'secure' | 'failed';
  readonly step?: string;
  readonly reason?: string;
  readonly protocol?: string;
  readonly isResumed?: boolean;
}

/** What the runtime does with a certificate that is asked for twice, and with a session resumed under other authorities. */
export interface Fact {
  readonly isGivenTwice: boolean;
  readonly isReused: boolean;
  readonly isAuthorized: boolean;
  readonly isShown: boolean;
}
