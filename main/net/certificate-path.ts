import type { KeyObject, X509Certificate } from 'node:crypto';
import { shortened } from './certificate-check.ts';
import type { CertificateFields } from './certificate-fields.ts';
import { certificateFields } from './certificate-fields.ts';
import { isWithinDomain } from './domain-limits.ts';

/** What a path is sought from and to. */
export interface PathSearch {
  readonly leaf: X509Certificate;
  /** Certificates that may stand in between: what the server sent, and authorities that are trusted. */
  readonly pool: readonly X509Certificate[];
  /** Whether a path may end with this certificate. */
  readonly isAnchor: (certificate: X509Certificate) => boolean;
  /** Keys of authorities without certificates, with which a path may end too. */
  readonly anchorKeys: readonly KeyObject[];
  /** What a certificate above the leaf must be for the path to count. */
  readonly isThrough?: ((certificate: X509Certificate) => boolean) | undefined;
  readonly wallMs: number;
}

/** More authorities than this stand above no server. */
const MAX_DEPTH = 8;
/** Signatures that are looked at in one search, however many certificates a server sends that could have issued one another. */
const MAX_SIGNATURES = 64;
/** A factor of RSA-1024 may be bought. */
const MIN_RSA_BITS = 2048;

/**
 * Why no valid path of certificates leads from a server's to an authority (RFC 5280 §6.1), as a clause; undefined when one
 * does. The library that makes TLS validates paths to authorities that are known before the handshake; this is for those
 * that a TLSA record names by a digest of what comes with it.
 */
export function pathProblem(search: PathSearch): string | undefined {
  return new Search(search).run();
}

class Search {
  readonly #search: PathSearch;
  #signatures = 0;
  /** The first thing that was wrong with a path that led somewhere. */
  #problem: string | undefined;

  constructor(search: PathSearch) {
    this.#search = search;
  }

  run(): string | undefined {
    const { leaf, wallMs } = this.#search;
    const fields = certificateFields(leaf.raw);
    if (fields === undefined) return 'the server’s certificate cannot be read';
    const problem = leafProblem(leaf, fields, wallMs);
    if (problem !== undefined) return problem;
    if (this.#climb([leaf], fields)) return undefined;
    return this.#problem ?? 'no path of certificates leads from the server’s to the authority';
  }

  /** Whether a path that begins with these leads to an anchor. */
  #climb(path: readonly X509Certificate[], leafFields: CertificateFields): boolean {
    const { pool, anchorKeys } = this.#search;
    const top = path.at(-1)!;
    if (anchorKeys.some((key) => this.#isSignedBy(top, key)) && this.#counts(path)) return true;
    if (path.length > MAX_DEPTH) return false;
    return pool.some((issuer) => {
      if (path.some(({ raw }) => raw.equals(issuer.raw))) return false;
      const key = keyOf(issuer);
      if (key === undefined || !top.checkIssued(issuer) || !this.#isSignedBy(top, key)) return false;
      const problem = issuerProblem(issuer, path.length - 1, leafFields, this.#search.wallMs);
      if (problem !== undefined) {
        this.#problem ??= problem;
        return false;
      }
      const longer = [...path, issuer];
      return (this.#search.isAnchor(issuer) && this.#counts(longer)) || this.#climb(longer, leafFields);
    });
  }

  #counts([, ...above]: readonly X509Certificate[]): boolean {
    const { isThrough } = this.#search;
    return isThrough === undefined || above.some(isThrough);
  }

  #isSignedBy(certificate: X509Certificate, key: KeyObject): boolean {
    return ++this.#signatures <= MAX_SIGNATURES && certificate.verify(key);
  }
}

function leafProblem(leaf: X509Certificate, fields: CertificateFields, wallMs: number): string | undefined {
  if (!fields.mayServe || !fields.maySign) return 'the certificate is not one for TLS servers';
  return certificateProblem(leaf, fields, 'the certificate', wallMs);
}

/** `below` is how many authorities stand between it and the server. */
function issuerProblem(
  issuer: X509Certificate,
  below: number,
  leaf: CertificateFields,
  wallMs: number,
): string | undefined {
  const fields = certificateFields(issuer.raw);
  const whose = `the certificate of the authority ${shortened(issuer.subject)}`;
  if (fields === undefined) return `${whose} cannot be read`;
  const { isAuthority, mayCertify, mayServe, pathLength, permitted, excluded } = fields;
  if (!isAuthority || !mayCertify || !mayServe) return `${whose} does not let it vouch for servers`;
  if (below > pathLength) return `${whose} lets fewer authorities stand below it`;
  const isPermitted = (name: string): boolean =>
    permitted === undefined || permitted.some((domain) => isWithinDomain(name, domain, 'every'));
  const isExcluded = (name: string): boolean =>
    excluded.some((domain) => isWithinDomain(name, domain, 'some'));
  if (!leaf.dnsNames.every((name) => isPermitted(name) && !isExcluded(name)))
    return `${whose} does not let it vouch for these names`;
  return certificateProblem(issuer, fields, whose, wallMs);
}

function certificateProblem(
  certificate: X509Certificate,
  { isUnderstood, isWeaklySigned }: CertificateFields,
  whose: string,
  wallMs: number,
): string | undefined {
  // Written so that a date that is none is not good either.
  if (!(wallMs >= Date.parse(certificate.validFrom))) return `${whose} is not good yet`;
  if (!(wallMs <= Date.parse(certificate.validTo))) return `${whose} has expired`;
  if (!isUnderstood) return `${whose} has conditions that Herald does not know`;
  const isSelfSigned = certificate.subject === certificate.issuer;
  if (isWeaklySigned && !isSelfSigned) return `${whose} is signed in a way that is not safe any more`;
  const bits = keyOf(certificate)?.asymmetricKeyDetails?.modulusLength ?? Infinity;
  return bits < MIN_RSA_BITS ? `${whose} has a key that is too short to be safe` : undefined;
}

/** The key of a certificate; undefined where it is of a kind that the runtime does not know. */
function keyOf(certificate: X509Certificate): KeyObject | undefined {
  try {
    return certificate.publicKey;
  } catch {
    return undefined;
  }
}
