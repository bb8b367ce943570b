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
 * What is wrong with a server's certificate, as a sentence for people; undefined when it shows that the server is the
 * one that `serverName` names: a valid chain, and the name among its subjectAltNames. The common name is never looked at
 * (RFC 8310 §8.1), and a wildcard stands for one whole label (RFC 9525 §6.3). `chainProblem` is what the TLS library
 * finds wrong with the chain, names aside, by its code: `CERT_HAS_EXPIRED`. `place` is `push.office.test port 853`.
 */
export function certificateProblem(
  certificate: X509Certificate,
  chainProblem: string | undefined,
  serverName: string,
  place: string,
): string | undefined {
  if (chainProblem !== undefined) return chainSentence(certificate, chainProblem, place);
  const options = { subject: 'never', partialWildcards: false } as const;
  return certificate.checkHost(serverName, options) === undefined
    ? namesSentence(certificate, place)
    : undefined;
}

function namesSentence({ subjectAltName }: X509Certificate, place: string): string {
  const names =
    subjectAltName === undefined
      ? 'names no host in its subjectAltName, where alone a client looks'
      : `is for other names (${shortened(subjectAltName)})`;
  return (
    `The certificate of ${place} ${names}: the server is not shown to be the one that the domain names, ${CHECK} ` +
    'Check the domain; who runs it has to install a certificate for that name.'
  );
}

function chainSentence(certificate: X509Certificate, code: string, place: string): string {
  const whose = `The certificate of ${place}`;
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return (
        `${whose}, or one that vouches for it, has expired (it was good until ${dayOf(certificate.validTo)}), ${CHECK} ` +
        'Who runs the server has to renew it; check the clock of this machine too.'
      );
    case 'CERT_NOT_YET_VALID':
      return (
        `${whose} is good only from ${dayOf(certificate.validFrom)} on, ${CHECK} ` +
        'Check the clock of this machine, or ask who runs the server.'
      );
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return (
        `${whose} was issued by an authority that is not trusted here (${shortened(certificate.issuer)}): ` +
        `the server may be anybody, ${CHECK} Choose the certificate file of that authority for this domain, if you trust it.`
      );
    default:
      return `${whose} cannot be relied on (${code}), ${CHECK} Ask who runs the server.`;
  }
}

/** `Mar  3 12:00:00 2026 GMT` as `2026-03-03`. */
function dayOf(validity: string): string {
  const wallMs = Date.parse(validity);
  return Number.isNaN(wallMs) ? validity : new Date(wallMs).toISOString().slice(0, 10);
}

/** Text out of a certificate on one line and no longer than a sentence bears. */
function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 120 ? `${line.slice(0, 117)}…` : line;
}
