import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
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
} from './der.ts';

/** What a TLS server shows and a client trusts, all PEM. */
export interface ServerCertificate {
  /** The authority to trust: it signed `certPem`, and its key is gone. */
  readonly caPem: string;
  readonly certPem: string;
  readonly keyPem: string;
}

const HOUR_MS = 3_600_000;
const VALID_MS = 30 * 24 * HOUR_MS;

/** Object identifiers (RFC 5280 §4.2, RFC 5758 §3.2, RFC 4519 §2.3). */
const Oid = {
  ECDSA_WITH_SHA256: '1.2.840.10045.4.3.2',
  COMMON_NAME: '2.5.4.3',
  SUBJECT_KEY_IDENTIFIER: '2.5.29.14',
  KEY_USAGE: '2.5.29.15',
  SUBJECT_ALT_NAME: '2.5.29.17',
  BASIC_CONSTRAINTS: '2.5.29.19',
  AUTHORITY_KEY_IDENTIFIER: '2.5.29.35',
  EXTENDED_KEY_USAGE: '2.5.29.37',
  SERVER_AUTH: '1.3.6.1.5.5.7.3.1',
} as const;

/** Bits of KeyUsage, the leftmost first, with the bits of the octet that do not count (RFC 5280 §4.2.1.3). */
const KeyUsage = {
  DIGITAL_SIGNATURE: { octet: 0x80, unusedBits: 7 },
  KEY_CERT_SIGN: { octet: 0x04, unusedBits: 2 },
} as const;

interface Draft {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly signingKey: KeyObject;
  readonly extensions: readonly Uint8Array[];
}

/**
 * Makes a throw-away authority and a certificate of it for a server, P-256 both, valid from an hour before `wallMs` for 30 days.
 * `names` are the DNS names and `addresses` the IPv4 addresses that it is good for; names stand in subjectAltName, where
 * alone clients look for them (RFC 8310 §8.1).
 */
export function throwAwayCertificate(
  names: readonly string[],
  addresses: readonly string[],
  wallMs: number,
): ServerCertificate {
  const ca = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const leaf = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = `Herald demo CA ${randomBytes(4).toString('hex')}`;
  const caDer = certificate(wallMs, {
    subject: issuer,
    issuer,
    publicKey: ca.publicKey,
    signingKey: ca.privateKey,
    extensions: [
      extension(Oid.BASIC_CONSTRAINTS, true, sequence(boolean(true), integer(Uint8Array.of(0)))),
      extension(Oid.KEY_USAGE, true, keyUsage(KeyUsage.KEY_CERT_SIGN)),
      extension(Oid.SUBJECT_KEY_IDENTIFIER, false, octetString(keyIdentifier(ca.publicKey))),
    ],
  });
  const leafDer = certificate(wallMs, {
    subject: 'Herald demo push server',
    issuer,
    publicKey: leaf.publicKey,
    signingKey: ca.privateKey,
    extensions: [
      extension(Oid.BASIC_CONSTRAINTS, true, sequence()),
      extension(Oid.KEY_USAGE, true, keyUsage(KeyUsage.DIGITAL_SIGNATURE)),
      extension(Oid.EXTENDED_KEY_USAGE, false, sequence(objectIdentifier(Oid.SERVER_AUTH))),
      extension(Oid.SUBJECT_ALT_NAME, false, generalNames(names, addresses)),
      extension(Oid.AUTHORITY_KEY_IDENTIFIER, false, sequence(element(0x80, keyIdentifier(ca.publicKey)))),
    ],
  });
  return {
    caPem: pem('CERTIFICATE', caDer),
    certPem: pem('CERTIFICATE', leafDer),
    keyPem: leaf.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** Certificate: `tbsCertificate | signatureAlgorithm | signatureValue` (RFC 5280 §4.1). */
function certificate(wallMs: number, draft: Draft): Uint8Array {
  const algorithm = sequence(objectIdentifier(Oid.ECDSA_WITH_SHA256));
  const toBeSigned = sequence(
    element(0xa0, integer(Uint8Array.of(2))), // version 3
    integer(randomBytes(16)),
    algorithm,
    commonName(draft.issuer),
    sequence(utcTime(wallMs - HOUR_MS), utcTime(wallMs + VALID_MS)),
    commonName(draft.subject),
    draft.publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, sequence(...draft.extensions)),
  );
  return sequence(toBeSigned, algorithm, bitString(sign('sha256', toBeSigned, draft.signingKey)));
}

function commonName(text: string): Uint8Array {
  return sequence(set(sequence(objectIdentifier(Oid.COMMON_NAME), utf8String(text))));
}

/** `extnID | critical DEFAULT FALSE | extnValue` (RFC 5280 §4.1). */
function extension(oid: string, isCritical: boolean, value: Uint8Array): Uint8Array {
  return sequence(objectIdentifier(oid), ...(isCritical ? [boolean(true)] : []), octetString(value));
}

function keyUsage(usage: { readonly octet: number; readonly unusedBits: number }): Uint8Array {
  return bitString(Uint8Array.of(usage.octet), usage.unusedBits);
}

/** dNSName [2] and iPAddress [7] (RFC 5280 §4.2.1.6). */
function generalNames(names: readonly string[], addresses: readonly string[]): Uint8Array {
  return sequence(
    ...names.map((name) => element(0x82, Buffer.from(name))),
    ...addresses.map((address) => element(0x87, Uint8Array.from(address.split('.'), Number))),
  );
}

/** SHA-1 of the public key's DER: any short value that is the key's own will do (RFC 5280 §4.2.1.2). */
function keyIdentifier(key: KeyObject): Uint8Array {
  return createHash('sha1')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest();
}

function pem(label: string, der: Uint8Array): string {
  const lines = Buffer.from(der)
    .toString('base64')
    .match(/.{1,64}/g)!;
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
