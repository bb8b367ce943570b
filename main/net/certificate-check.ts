import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';

const CHECK = 'so nothing was sent.';

/** What a certificate can name and a ClientHello carry. */
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/i;

/** Whether a certificate could name this host at all; an IP address is none. */
export function isHostName(text: string): boolean {
  return HOST_NAME.test(text) && isIP(text) === 0;
}

/**
 * Whether a certificate bears one of these host names among its subjectAltNames. The common name is never looked at
 * (RFC 8310 §8.1), and a wildcard stands for one whole label (RFC 9525 §6.3).
 */
export function isNamed(certificate: X509Certificate, names: readonly string[]): boolean {
  const options = { subject: 'never', partialWildcards: false } as const;
  return names.some((name) => isHostName(name) && certificate.checkHost(name, options) !== undefined);
}

/** What is wrong with the names of a certificate that bears none that it should, as a sentence. `place` is `push.office.test port 853`. */
export function namesSentence(certificate: X509Certificate, place: string): string {
  return (
    `The certificate of ${place} ${namesWords(certificate)}: the server is not shown to be the one that the domain names, ${CHECK} ` +
    'Check the domain; who runs it has to install a certificate for that name.'
  );
}

/** The same as a clause. */
export function namesClause(certificate: X509Certificate): string {
  return `the certificate ${namesWords(certificate)}`;
}

function namesWords({ subjectAltName }: X509Certificate): string {
  return subjectAltName === undefined
    ? 'names no host in its subjectAltName, where alone a client looks'
    : `is for other names (${shortened(subjectAltName)})`;
}

/** What the TLS library finds wrong with a chain, by its code, `CERT_HAS_EXPIRED`, as a sentence for people. */
export function chainSentence(certificate: X509Certificate, code: string, place: string): string {
  const whose = `The certificate of ${place}`;
  switch (kindOf(code)) {
    case 'expired':
      return (
        `${whose}, or one that vouches for it, has expired (it was good until ${dayOf(certificate.validTo)}), ${CHECK} ` +
        'Who runs the server has to renew it; check the clock of this machine too.'
      );
    case 'early':
      return (
        `${whose} is good only from ${dayOf(certificate.validFrom)} on, ${CHECK} ` +
        'Check the clock of this machine, or ask who runs the server.'
      );
    case 'untrusted':
      return (
        `${whose} was issued by an authority that is not trusted here (${shortened(certificate.issuer)}): ` +
        `the server may be anybody, ${CHECK} Choose the certificate file of that authority for this domain, if you trust it.`
      );
    case 'other':
      return `${whose} cannot be relied on (${code}), ${CHECK} Ask who runs the server.`;
  }
}

/** The same as a clause. */
export function chainClause(certificate: X509Certificate, code: string): string {
  switch (kindOf(code)) {
    case 'expired':
      return 'the certificate, or one that vouches for it, has expired';
    case 'early':
      return 'the certificate is not good yet';
    case 'untrusted':
      return `the certificate was issued by an authority that is not trusted here (${shortened(certificate.issuer)})`;
    case 'other':
      return `the certificate cannot be relied on (${code})`;
  }
}

function kindOf(code: string): 'expired' | 'early' | 'untrusted' | 'other' {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return 'expired';
    case 'CERT_NOT_YET_VALID':
      return 'early';
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return 'untrusted';
    default:
      return 'other';
  }
}

/** `Mar  3 12:00:00 2026 GMT` as `2026-03-03`. */
function dayOf(validity: string): string {
  const wallMs = Date.parse(validity);
  return Number.isNaN(wallMs) ? validity : new Date(wallMs).toISOString().slice(0, 10);
}

/** Text out of a certificate on one line and no longer than a sentence bears. */
export function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 120 ? `${line.slice(0, 117)}…` : line;
}
