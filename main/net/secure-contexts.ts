import type { SecureContext } from 'node:tls';
import { createSecureContext } from 'node:tls';

/** The TLS settings of this program, made once for each set of trusted certificates: making them takes a third of a handshake. */
export class SecureContexts {
  readonly #contexts = new Map<string | undefined, SecureContext>();

  /** `ca` are the certificates to trust as PEM, instead of those that come with the runtime. */
  of(ca: string | undefined): SecureContext {
    const known = this.#contexts.get(ca);
    if (known !== undefined) return known;
    // TLS 1.2 is the floor (RFC 8310 §9), and 1.3 is chosen where the server can; neither compresses here.
    const context = createSecureContext({ minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) });
    this.#contexts.set(ca, context);
    return context;
  }
}
