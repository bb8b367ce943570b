import type { KeyObject } from 'node:crypto';
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import {
  bitString,
  boolean,
  element,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  utcTime,
  utf8String,
} from '../../demo/der.ts';

/** What a TLS server is started with. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

/** What may be wrong with a certificate, or right. */
export interface CertificateWishes {
  /** dNSNames of subjectAltName; without them there is no such extension. */
  readonly names?: readonly string[];
  readonly commonName?: string;
  /** Days from now, negative ones ago. */
  readonly fromDay?: number;
  readonly untilDay?: number;
}

const DAY_MS = 86_400_000;
const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';

/** An authority of the tests: signs whatever it is asked to. */
export class TestAuthority {
  readonly #key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #name: string;
  /** Its own certificate as PEM. */
  readonly ca: string;

  constructor(name = 'Test authority') {
    this.#name = name;
    const isAuthority = extension('2.5.29.19', sequence(boolean(true)));
    const signs = extension('2.5.29.15', bitString(Uint8Array.of(0x04), 2));
    const { publicKey, privateKey } = this.#key;
    this.ca = certificate({ issuer: name, commonName: name, publicKey, signer: privateKey }, [
      isAuthority,
      signs,
    ]);
  }

  /** A certificate for a server, with its key. */
  issue(wishes: CertificateWishes): Identity {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const draft = { ...wishes, issuer: this.#name, publicKey, signer: this.#key.privateKey };
    return { cert: certificate(draft, extensionsOf(wishes)), key: pemOf(privateKey) };
  }
}

/** A certificate that vouches for itself. */
export function selfSigned(wishes: CertificateWishes): Identity {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { commonName = 'Test server' } = wishes;
  const draft = { ...wishes, commonName, issuer: commonName, publicKey, signer: privateKey };
  return { cert: certificate(draft, extensionsOf(wishes)), key: pemOf(privateKey) };
}

interface Draft extends CertificateWishes {
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
}

/** Certificate as PEM (RFC 5280 §4.1). */
function certificate(draft: Draft, extensions: readonly Uint8Array[]): string {
  const { issuer, commonName = 'Test server', publicKey, signer, fromDay = -1, untilDay = 30 } = draft;
  const algorithm = sequence(objectIdentifier(ECDSA_WITH_SHA256));
  const nowMs = Date.now();
  const toBeSigned = sequence(
    element(0xa0, integer(Uint8Array.of(2))),
    integer(randomBytes(16)),
    algorithm,
    named(issuer),
    sequence(utcTime(nowMs + fromDay * DAY_MS), utcTime(nowMs + untilDay * DAY_MS)),
    named(commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, sequence(...extensions)),
  );
  const der = sequence(toBeSigned, algorithm, bitString(sign('sha256', toBeSigned, signer)));
  const lines = Buffer.from(der)
    .toString('base64')
    .match(/.{1,64}/g)!;
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function extensionsOf({ names = [] }: CertificateWishes): readonly Uint8Array[] {
  const signs = extension('2.5.29.15', bitString(Uint8Array.of(0x80), 7)); // digitalSignature
  const altNames = names.map((name) => element(0x82, Buffer.from(name)));
  return names.length === 0 ? [signs] : [signs, extension('2.5.29.17', sequence(...altNames))];
}

function extension(oid: string, value: Uint8Array): Uint8Array {
  return sequence(objectIdentifier(oid), octetString(value));
}

function named(commonName: string): Uint8Array {
  return sequence(set(sequence(objectIdentifier('2.5.4.3'), utf8String(commonName))));
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
