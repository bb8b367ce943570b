import type { X509Certificate } from 'node:crypto';
import { certificateFields } from './certificate-fields.ts';
import { pinOf } from './spki-pins.ts';

/** A certificate as people look at it. Texts are what it says, whoever wrote it. */
export interface CertificateView {
  /** Distinguished names on one line: `CN=push.office.test, O=Office`. */
  readonly subject: string;
  readonly issuer: string;
  /** The host names that it is for. */
  readonly names: readonly string[];
  /** From when until when it is good, in milliseconds since the epoch. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** SHA-256 of it, as pairs of hexadecimal digits between colons. */
  readonly sha256: string;
  /** The pin of its key (RFC 7858 §4.2). */
  readonly pin: string;
}

/** What a certificate says, for people. */
export function certificateView(certificate: X509Certificate): CertificateView {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: certificateFields(certificate.raw)?.dnsNames ?? [],
    fromMs: Date.parse(certificate.validFrom),
    untilMs: Date.parse(certificate.validTo),
    sha256: certificate.fingerprint256,
    pin: pinOf(certificate),
  };
}

/** The runtime puts each part of a distinguished name on a line; some certificates have none. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ');
}
