import { createHash, X509Certificate } from 'node:crypto';
import type { Identity } from '../../../main/net/testing/certificates.ts';
import { selfSigned, TestAuthority } from '../../../main/net/testing/certificates.ts';

/** The authority that the lab's servers are vouched for by, and one that nobody trusts. */
export const LAB_AUTHORITY = new TestAuthority('Herald lab authority');
const UNKNOWN_AUTHORITY = new TestAuthority('Somebody else');

/** What is right or wrong with a server's certificate. */
export type IdentityKind =
  | 'good'
  | 'wrong-name'
  | 'expired'
  | 'expired-wrong-name'
  | 'self-signed'
  | 'common-name-only'
  | 'unknown-authority';

/** What a TLSA record is made of: usage, selector and matching type, and whose certificate it matches. */
export type TlsaWish = readonly [parameters: string, of: 'server' | 'authority' | 'nobody'];

/** A certificate for the server of these names, with its key; behind it, as usage 2 needs it, the authority's (RFC 7671 §5.2). */
export function makeIdentity(kind: IdentityKind, ...names: readonly string[]): Identity {
  const past = { fromDay: -30, untilDay: -1 };
  switch (kind) {
    case 'good':
      return withAuthority(LAB_AUTHORITY.issue({ names }));
    case 'wrong-name':
      return withAuthority(LAB_AUTHORITY.issue({ names: ['push.elsewhere.lab'] }));
    case 'expired':
      return withAuthority(LAB_AUTHORITY.issue({ names, ...past }));
    case 'expired-wrong-name':
      return withAuthority(LAB_AUTHORITY.issue({ names: ['push.elsewhere.lab'], ...past }));
    case 'self-signed':
      return selfSigned({ names });
    case 'common-name-only':
      return withAuthority(LAB_AUTHORITY.issue({ commonName: names[0]! }));
    case 'unknown-authority':
      return UNKNOWN_AUTHORITY.issue({ names });
  }
}

/** The RDATA of a TLSA record: whole (0), or SHA-256 (1) or SHA-512 (2) of the certificate (0) or its key (1). */
export function tlsaRdata([parameters, of]: TlsaWish, { cert }: Identity): string {
  const [, selector, matching] = parameters.split(' ');
  const certificate = new X509Certificate(of === 'authority' ? LAB_AUTHORITY.ca : cert);
  const octets =
    selector === '0' ? certificate.raw : certificate.publicKey.export({ type: 'spki', format: 'der' });
  const data =
    matching === '0'
      ? octets
      : createHash(matching === '2' ? 'sha512' : 'sha256')
          .update(octets)
          .digest();
  const shown = of === 'nobody' ? data.map((octet) => octet ^ 0xff) : data;
  return `${parameters} ${Buffer.from(shown).toString('hex')}`;
}

function withAuthority({ cert, key }: Identity): Identity {
  return { cert: `${cert}${LAB_AUTHORITY.ca}`, key };
}
