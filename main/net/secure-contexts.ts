import type { SecureContext, SecureContextOptions } from 'node:tls';
import { createSecureContext } from 'node:tls';
import { TlsTickets } from './tls-tickets.ts';
import type { ClientIdentity, TrustPolicy } from './trust-policy.ts';
import { clientFingerprint } from './trust-policy.ts';

/**
 * The signatures that servers may make and certificates may bear (RFC 9846 §4.3.3), in this order. All are named, because
 * BoringSSL offers neither Ed25519 nor P-521 by itself.
 */
const SIGNATURES = [
  'ecdsa_secp256r1_sha256',
  'ed25519',
  'ecdsa_secp384r1_sha384',
  'ecdsa_secp521r1_sha512',
  'rsa_pss_rsae_sha256',
  'rsa_pss_rsae_sha384',
  'rsa_pss_rsae_sha512',
  'rsa_pkcs1_sha256',
  'rsa_pkcs1_sha384',
  'rsa_pkcs1_sha512',
];
/** RSA keys that are for PSS alone; BoringSSL does not know them, and takes no list that names them. */
const PSS_SIGNATURES = ['rsa_pss_pss_sha256', 'rsa_pss_pss_sha384', 'rsa_pss_pss_sha512'];

/**
 * The TLS settings of this program, made once for each set of trusted certificates and each identity of our own: making them
 * takes a third of a handshake. With them the tickets that servers gave.
 */
export class SecureContexts {
  readonly tickets = new TlsTickets();
  readonly #contexts = new Map<string, SecureContext>();
  #signatures: string | undefined;

  /** @throws Error where the identity is none: it does not parse, or its key is another's. */
  of({ ca, client }: Pick<TrustPolicy, 'ca' | 'client'>): SecureContext {
    const key = `${clientFingerprint(client)} ${ca ?? ''}`;
    const known = this.#contexts.get(key);
    if (known !== undefined) return known;
    this.#signatures ??= knownSignatures();
    const context = createSecureContext({
      // TLS 1.2 is the floor (RFC 8310 §9), and 1.3 is chosen where the server can; neither compresses here.
      minVersion: 'TLSv1.2',
      sigalgs: this.#signatures,
      ...(ca === undefined ? {} : { ca }),
      ...(client === undefined ? {} : identityOptions(client)),
    });
    this.#contexts.set(key, context);
    return context;
  }
}

function identityOptions(client: ClientIdentity): SecureContextOptions {
  const { passphrase } = client;
  const opened = passphrase === undefined ? {} : { passphrase };
  return client.kind === 'pem'
    ? { cert: client.certificate, key: client.key, ...opened }
    : { pfx: Buffer.from(client.file), ...opened };
}

function knownSignatures(): string {
  const all = [...SIGNATURES, ...PSS_SIGNATURES].join(':');
  try {
    createSecureContext({ sigalgs: all });
    return all;
  } catch {
    return SIGNATURES.join(':');
  }
}
