import type { ClientIdentity } from './trust-policy.ts';

/** Whom a person wants believed for a domain, and what to show to its server. */
export interface DomainTrust {
  /** Certificates of authorities to trust instead of the system's, as PEM. */
  readonly caPem?: string | undefined;
  /** Pins as in `spki-pins.ts`, one of which the server's key must have, besides all else. */
  readonly pins?: readonly string[] | undefined;
  /** Shown to a server that asks who we are. */
  readonly client?: ClientIdentity | undefined;
  /** Whether a name of the server that DNS alone vouches for is not enough. */
  readonly isStrict?: boolean;
}

/** The same as read from files, or what is wrong with one of them, as a sentence for people. */
export type ReadTrust =
  { readonly ok: true; readonly trust: DomainTrust } | { readonly ok: false; readonly message: string };
