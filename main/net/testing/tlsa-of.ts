import type { BinaryLike } from 'node:crypto';
import { createHash, X509Certificate } from 'node:crypto';
import type { Tlsa } from '../../../protocol/discovery/tlsa.ts';
import { readTlsa } from '../../../protocol/discovery/tlsa.ts';

/** The TLSA record of a certificate, PEM: `tlsaOf(cert, 3, 1, 1)`. */
export function tlsaOf(pem: string, usage: number, selector: number, matching: number): Tlsa {
  const certificate = new X509Certificate(pem);
  const part: Uint8Array =
    selector === 0 ? certificate.raw : certificate.publicKey.export({ type: 'spki', format: 'der' });
  const data = [part, digest('sha256', part), digest('sha512', part)][matching]!;
  const tlsa = readTlsa(Uint8Array.of(usage, selector, matching, ...data));
  if (tlsa === undefined) throw new TypeError('no usable record');
  return tlsa;
}

function digest(algorithm: string, octets: BinaryLike): Uint8Array {
  return createHash(algorithm).update(octets).digest();
}
