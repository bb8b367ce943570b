import type { Flaw } from '../zones/lab-zone.ts';
import type { IdentityKind, TlsaWish } from './identities.ts';

/** Who answers where a domain's SRV record leads. */
export type Server =
  | { readonly kind: 'push'; readonly identity: IdentityKind; readonly tlsa?: readonly TlsaWish[] }
  /** The push server of the lab's main domain. */
  | { readonly kind: 'shared' }
  /** The name server, by TCP or by TLS: neither does DSO. */
  | { readonly kind: 'name-server'; readonly over: 'tcp' | 'tls' }
  /** Nothing listens there. */
  | { readonly kind: 'nobody' }
  /** There is no SRV record. */
  | { readonly kind: 'unnamed' }
  /** The SRV record says that there is no such service (RFC 2782, target `.`). */
  | { readonly kind: 'denied' };

/** A domain of the lab whose way to its push server, `push` in it, ends somewhere. */
export interface PushDomain {
  readonly origin: string;
  /** What is so about it, in a few words. */
  readonly what: string;
  readonly server: Server;
  readonly isSigned: boolean;
  readonly flaw?: Flaw;
}
