import type { KeyObject } from 'node:crypto';
import { randomBytes, X509Certificate } from 'node:crypto';
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
import type { KeyKind, KeyPair } from './certificate-keys.ts';
import { keyPair, keyPem, signed } from './certificate-keys.ts';

/** What a TLS server is started with. */
export interface Identity {
  /** Its certificate, and where wished those that lead up from it. */
  readonly cert: string;
  readonly key: string;
}

/** What may be wrong with any certificate, or right. */
interface Wishes {
  /** Days from now, negative ones ago. */
  readonly fromDay?: number;
  readonly untilDay?: number;
  readonly key?: KeyKind;
  /** The digest that its issuer signs with. */
  readonly digest?: 'sha256' | 'sha1';
  /** The object identifier of an extension that it must be refused for by who does not know it. */
  readonly criticalOid?: string;
  /** Object identifiers of extendedKeyUsage; without them there is no such extension. */
  readonly purposes?: readonly string[];
}

/** The same of a server's. */
export interface CertificateWishes extends Wishes {
  /** dNSNames of subjectAltName; without them there is no such extension. */
  readonly names?: readonly string[];
  readonly commonName?: string;
  /** What its key is for: handshakes unless told, keys sent to it as servers of old have it, or anything. */
  readonly keyUsage?: 'sign' | 'encipher' | 'any';
}

/** The same of an authority's. */
export interface AuthorityWishes extends Wishes {
  /** Whether it is one by its basic constraints and by its key usage. */
  readonly isAuthority?: boolean;
  readonly mayCertify?: boolean;
  readonly pathLength?: number;
  /** dNSNames of nameConstraints. */
  readonly permitted?: readonly string[];
  readonly excluded?: readonly string[];
}

const DAY_MS = 86_400_000;
/** Purposes of extendedKeyUsage (RFC 5280 §4.2.1.12). */
export const Purpose = { SERVER: '1.3.6.1.5.5.7.3.1', CLIENT: '1.3.6.1.5.5.7.3.2' } as const;

/** An authority of the tests: signs whatever it is asked to. */
export class TestAuthority {
  readonly #key: KeyPair;
  readonly #name: string;
  /** Its own certificate as PEM. */
  readonly ca: string;

  /** One that vouches for itself unless `parent` does. */
  constructor(name = 'Test authority', wishes: AuthorityWishes = {}, parent?: TestAuthority) {
    this.#name = name;
    this.#key = keyPair(wishes.key ?? 'P-256');
    const { publicKey, privateKey } = this.#key;
    const by = parent ?? this;
    const signer = parent === undefined ? privateKey : by.#key.privateKey;
    this.ca = certificate(
      { ...wishes, issuer: by.#name, commonName: name, publicKey, signer },
      authorityExtensions(wishes),
    );
  }

  /** Another certificate of its own, for the same key. */
  renewed(): X509Certificate {
    const { publicKey, privateKey } = this.#key;
    const draft = { issuer: this.#name, commonName: this.#name, publicKey, signer: privateKey };
    return new X509Certificate(certificate(draft, authorityExtensions({})));
  }

  /** An authority below this one. */
  delegate(name: string, wishes: AuthorityWishes = {}): TestAuthority {
    return new TestAuthority(name, wishes, this);
  }

  /** A certificate for a server, with its key, and with the certificates of these authorities behind it. */
  issue(wishes: CertificateWishes, chain: readonly TestAuthority[] = []): Identity {
    const { publicKey, privateKey } = keyPair(wishes.key ?? 'P-256');
    const draft = { ...wishes, issuer: this.#name, publicKey, signer: this.#key.privateKey };
    const pems = [certificate(draft, serverExtensions(wishes)), ...chain.map(({ ca }) => ca)];
    return { cert: pems.join(''), key: keyPem(privateKey) };
  }

  /** Its certificate, parsed. */
  get certificate(): X509Certificate {
    return new X509Certificate(this.ca);
  }
}

/** A certificate that vouches for itself. */
export function selfSigned(wishes: CertificateWishes): Identity {
  const { publicKey, privateKey } = keyPair(wishes.key ?? 'P-256');
  const { commonName = 'Test server' } = wishes;
  const draft = { ...wishes, commonName, issuer: commonName, publicKey, signer: privateKey };
  return { cert: certificate(draft, serverExtensions(wishes)), key: keyPem(privateKey) };
}

interface Draft extends Wishes {
  readonly issuer: string;
  readonly commonName?: string;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
}

/** Certificate as PEM (RFC 5280 §4.1). */
function certificate(draft: Draft, extensions: readonly Uint8Array[]): string {
  const { issuer, commonName = 'Test server', publicKey, signer, fromDay = -1, untilDay = 30 } = draft;
  const { digest = 'sha256', criticalOid } = draft;
  const nowMs = Date.now();
  const odd = criticalOid === undefined ? [] : [extension(criticalOid, sequence(), true)];
  const { algorithm, toBeSigned, signature } = signed(
    (by) =>
      sequence(
        element(0xa0, integer(Uint8Array.of(2))),
        integer(randomBytes(16)),
        by,
        named(issuer),
        sequence(utcTime(nowMs + fromDay * DAY_MS), utcTime(nowMs + untilDay * DAY_MS)),
        named(commonName),
        publicKey.export({ type: 'spki', format: 'der' }),
        element(0xa3, sequence(...extensions, ...odd)),
      ),
    signer,
    digest,
  );
  const der = sequence(toBeSigned, algorithm, bitString(signature));
  const lines = Buffer.from(der)
    .toString('base64')
    .match(/.{1,64}/g)!;
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function serverExtensions(wishes: CertificateWishes): readonly Uint8Array[] {
  const { names = [], keyUsage = 'sign' } = wishes;
  const altNames = names.map((name) => element(0x82, Buffer.from(name)));
  return [
    ...(keyUsage === 'sign' ? [extension('2.5.29.15', bitString(Uint8Array.of(0x80), 7))] : []),
    ...(keyUsage === 'encipher' ? [extension('2.5.29.15', bitString(Uint8Array.of(0x20), 5))] : []),
    ...(names.length === 0 ? [] : [extension('2.5.29.17', sequence(...altNames))]),
    ...purposeExtensions(wishes),
  ];
}

function authorityExtensions(wishes: AuthorityWishes): readonly Uint8Array[] {
  const { isAuthority = true, mayCertify = true, pathLength, permitted = [], excluded = [] } = wishes;
  const limit = pathLength === undefined ? [] : [integer(Uint8Array.of(pathLength))];
  const basic = sequence(...(isAuthority ? [boolean(true), ...limit] : []));
  const isLimited = permitted.length + excluded.length > 0;
  return [
    extension('2.5.29.19', basic, true),
    extension('2.5.29.15', bitString(Uint8Array.of(mayCertify ? 0x04 : 0x80), mayCertify ? 2 : 7)),
    ...(isLimited ? [extension('2.5.29.30', nameConstraints(permitted, excluded), true)] : []),
    ...purposeExtensions(wishes),
  ];
}

function purposeExtensions({ purposes }: Wishes): readonly Uint8Array[] {
  return purposes === undefined
    ? []
    : [extension('2.5.29.37', sequence(...purposes.map((oid) => objectIdentifier(oid))))];
}

/** `permittedSubtrees [0] | excludedSubtrees [1]` (RFC 5280 §4.2.1.10). */
function nameConstraints(permitted: readonly string[], excluded: readonly string[]): Uint8Array {
  const subtrees = (names: readonly string[]): readonly Uint8Array[] =>
    names.map((name) => sequence(element(0x82, Buffer.from(name))));
  return sequence(
    ...(permitted.length === 0 ? [] : [element(0xa0, ...subtrees(permitted))]),
    ...(excluded.length === 0 ? [] : [element(0xa1, ...subtrees(excluded))]),
  );
}

function extension(oid: string, value: Uint8Array, isCritical = false): Uint8Array {
  return sequence(objectIdentifier(oid), ...(isCritical ? [boolean(true)] : []), octetString(value));
}

function named(commonName: string): Uint8Array {
  return sequence(set(sequence(objectIdentifier('2.5.4.3'), utf8String(commonName))));
}
