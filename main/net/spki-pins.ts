import type { X509Certificate } from 'node:crypto';
import { createHash } from 'node:crypto';
import { certificateFields } from './certificate-fields.ts';

/** SHA-256 in base64, as RFC 7858 §4.2 writes a pin. */
const PIN = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;

/** Whether a text has the form of a pin: the SHA-256 of a public key, in base64. */
export function isPin(text: string): boolean {
  return PIN.test(text);
}

/** The pin of a certificate: SHA-256 of its public key as SubjectPublicKeyInfo in DER, in base64 (RFC 7858 §4.2). */
export function pinOf(certificate: X509Certificate): string {
  // As it stands there, for the runtime knows not every kind of key.
  const { key } = certificateFields(certificate.raw) ?? { key: new Uint8Array() };
  return createHash('sha256').update(key).digest('base64');
}

/**
 * What is wrong with a server's key, as a sentence for people; undefined when it is among those pinned. The key is the
 * server's own: one of an authority above it proves nothing unless the chain is validated. `place` is `192.0.2.53 port 853`.
 */
export function pinProblem(
  certificate: X509Certificate,
  pins: readonly string[],
  place: string,
): string | undefined {
  const pin = pinOf(certificate);
  if (pins.includes(pin)) return undefined;
  return (
    `The key of ${place} is not among the pinned ones (its pin is ${pin}): the server may be anybody, so nothing was sent. ` +
    'Ask who runs it whether the key was changed, and for the new pin.'
  );
}
