/** The algorithms that `dnssec-keygen` knows by these names, with their numbers (RFC 8624 §3.1). */
export const Algorithm = {
  RSASHA256: 8,
  RSASHA512: 10,
  ECDSAP256SHA256: 13,
  ECDSAP384SHA384: 14,
  ED25519: 15,
} as const;

/** How an absence is proven: NSEC (RFC 4034 §4) or NSEC3 (RFC 5155), the latter with opt-out (§6) or without. */
export type Denial = 'nsec' | 'nsec3' | 'nsec3-opt-out';

/** How `dnssec-signzone` signs a zone. */
export interface BindSigning {
  readonly by: 'bind';
  readonly algorithms: readonly (keyof typeof Algorithm)[];
  /** Whether a key of its own signs the other keys: a KSK and a ZSK, or one key for all. */
  readonly keys: 'one' | 'two';
  readonly denial: Denial;
  /** When the signatures hold: now, only until a month ago, or only in a week. */
  readonly validity: 'now' | 'past' | 'future';
}

/** What becomes of the line of a record when a signed zone is spoiled; undefined takes it out. */
export type Flaw = (line: ZoneLine) => string | undefined;

/** One line of a signed zone. */
export interface ZoneLine {
  readonly text: string;
  /** Owner, absolute. */
  readonly owner: string;
  readonly type: string;
  /** Of a RRSIG record the type that it signs. */
  readonly covered: string | undefined;
}

/**
 * What the parent says of a zone: DS records of its keys with this digest; nothing, which is proven, so that the zone is insecure
 * (RFC 4035 §4.3); the DS of a key that the zone does not have; or these DS records, without owner.
 */
export type Delegation =
  | { readonly kind: 'digest'; readonly digest: 'SHA-256' | 'SHA-384' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'foreign-key' }
  | { readonly kind: 'records'; readonly lines: readonly string[] };

/** What a validator makes of an answer (RFC 4035 §4.3), if there is one. */
export type Expected = 'secure' | 'insecure' | 'bogus' | 'unanswered';

/**
 * A verdict, or a denial by NSEC3 with opt-out: it is insecure, as an unsigned delegation may hide in the span (RFC 5155 §9.2), but
 * `delv` calls it secure.
 */
export type Expectation = Expected | 'opt-out';

/** A zone of the lab: what is in it, who signs it, what is wrong with it, and what follows from that. */
export interface LabZone {
  /** Without the root's dot; the root is empty. */
  readonly origin: string;
  /** What makes it different from the others, in a few words. */
  readonly what: string;
  /** Lines of a master file behind SOA and NS, relative to the origin. */
  readonly records: readonly string[];
  /** Undefined for an unsigned zone; knotd signs its own with Ed25519 and NSEC3 of so many iterations. */
  readonly signing: BindSigning | { readonly by: 'knot'; readonly iterations: number } | undefined;
  readonly delegation: Delegation;
  readonly flaw?: Flaw;
  /** Whether no server has it: a lame delegation. */
  readonly isLame?: boolean;
  /** What is asked of it, `www A`, and what comes of it. */
  readonly expected: Readonly<Record<string, Expectation>>;
}

/** One P-256 key, NSEC, signatures that hold: what a zone has that is about something else. */
export const PLAIN_SIGNING: BindSigning = {
  by: 'bind',
  algorithms: ['ECDSAP256SHA256'],
  keys: 'one',
  denial: 'nsec',
  validity: 'now',
};

/** The delegation of a zone that is in order. */
export const BY_DIGEST: Delegation = { kind: 'digest', digest: 'SHA-256' };

/** An absolute name: `www` in `example.lab`, or `@` for the zone itself. */
export function nameIn(relative: string, origin: string): string {
  const labels = [...(relative === '@' ? [] : [relative]), ...(origin === '' ? [] : [origin])];
  return `${labels.join('.')}.`;
}
