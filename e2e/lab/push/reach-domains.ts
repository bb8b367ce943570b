import type { IdentityKind } from './identities.ts';
import type { PushDomain } from './push-domain.ts';

function signed(origin: string, what: string, server: PushDomain['server']): PushDomain {
  return { origin, what, server, isSigned: true };
}

function certified(origin: string, what: string, identity: IdentityKind): PushDomain {
  return signed(origin, what, { kind: 'push', identity });
}

/** Domains without TLSA records, whose push server is judged by its certificate alone: one good, and all ways to fail. */
export const REACH_DOMAINS: readonly PushDomain[] = [
  certified('good.lab', 'a push server with a good certificate', 'good'),
  {
    origin: 'good-unsigned.lab',
    what: 'the same in an unsigned zone',
    server: { kind: 'push', identity: 'good' },
    isSigned: false,
  },
  signed('shared.lab', 'a push server that another domain has too', { kind: 'shared' }),
  signed('no-srv.lab', 'no push server is named', { kind: 'unnamed' }),
  signed('srv-dot.lab', 'the SRV record says that there is none', { kind: 'denied' }),
  signed('dead.lab', 'nothing listens at the push server', { kind: 'nobody' }),
  signed('plain-dns.lab', 'the SRV record leads to a name server without TLS', {
    kind: 'name-server',
    over: 'tcp',
  }),
  signed('no-dso.lab', 'the SRV record leads to a name server with TLS', {
    kind: 'name-server',
    over: 'tls',
  }),
  certified('wrong-name.lab', 'the certificate is for another name', 'wrong-name'),
  certified('expired-certificate.lab', 'the certificate has run out', 'expired'),
  certified('self-signed.lab', 'the certificate vouches for itself', 'self-signed'),
  certified('common-name-only.lab', 'the certificate has the name in its subject alone', 'common-name-only'),
  certified('unknown-authority.lab', 'the authority of the certificate is not trusted', 'unknown-authority'),
];
