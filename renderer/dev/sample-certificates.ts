/** What the servers of the sample domains showed, for looking at it without a network. */
import type { DomainRow } from '../../main/contract/api.ts';
import type { CertificateFacts, CertificateRow, TrustView } from '../../main/contract/trust.ts';

const DAY_MS = 86_400_000;
const HEX = '0123456789ABCDEF';
const TLSA = ['3 1 1 8d02536c887482bc34ff54e41d2ba659bf85b341a0a20afadb5813dcfbcf286d'];

/** One domain is vouched for by its own records, the others by an authority. */
export function sampleTrust(name: string): TrustView {
  if (name === 'office.test') {
    const sentence = `${name} says by DNSSEC who its server is, and this one fits its TLSA record (3 1 1 8d02536c…).`;
    return { level: 'dane', title: 'DANE', sentence };
  }
  const sentence =
    `A trusted authority vouches that this is ns.example.net; that ns.example.net is the server of ${name} is what DNS ` +
    'says, unsigned, and who can forge DNS could name another.';
  return { level: 'target', title: 'Name only', sentence };
}

/** What a domain's server showed. */
export function sampleCertificate({ id, server, state, trust }: DomainRow): CertificateRow {
  const isBelieved = state !== 'failed';
  const host = isBelieved ? (server ?? '').replace(/:\d+$/, '') : '*.example.net';
  const tlsa = trust?.level === 'dane' ? TLSA : [];
  return {
    id,
    server: server ?? '',
    isBelieved,
    chain: [
      certificate(`CN=${host}`, [host], 'C=XX, O=Example Trust, CN=Example Issuing CA 3', 60, 7),
      certificate('C=XX, O=Example Trust, CN=Example Issuing CA 3', [], 'CN=Example Root', 900, 11),
    ],
    tls: isBelieved
      ? { version: 'TLS 1.3', cipher: 'TLS_AES_256_GCM_SHA384', alpn: 'dot', isResumed: false }
      : null,
    tlsa,
    fits: tlsa[0] ?? null,
  };
}

function certificate(
  subject: string,
  names: readonly string[],
  issuer: string,
  days: number,
  seed: number,
): CertificateFacts {
  const digits = Array.from({ length: 64 }, (_, at) => HEX[(at * seed + (at >> 2)) % 16]).join('');
  return {
    subject,
    issuer,
    names,
    fromMs: Date.now() - 30 * DAY_MS,
    untilMs: Date.now() + days * DAY_MS,
    sha256: digits.match(/../g)?.join(':') ?? '',
    pin: 'Nlpgh1kmAn2DANEfiXq0x3cY1Cp6Lgt1kmAn2DANEfY=',
  };
}
