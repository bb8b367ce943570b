import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import type { Anchor, Shown } from '../../protocol/discovery/dane.ts';
import { judgeByDane } from '../../protocol/discovery/dane.ts';
import type { Certified, Tlsa } from '../../protocol/discovery/tlsa.ts';
import { TlsaUsage } from '../../protocol/discovery/tlsa.ts';
import { chainClause, chainSentence, isNamed, namesClause, namesSentence } from './certificate-check.ts';
import { certificateFields } from './certificate-fields.ts';
import { pathProblem } from './certificate-path.ts';
import type { CertificateView } from './certificate-view.ts';
import { certificateView } from './certificate-view.ts';
import { pinProblem } from './spki-pins.ts';
import type { TrustPolicy } from './trust-policy.ts';

/** What a handshake brought. */
export interface HandshakeResult {
  /** The server's certificate, with the others that it sent behind it. */
  readonly certificate: X509Certificate;
  /** What the TLS library finds wrong with the chain, names aside, by its code: `CERT_HAS_EXPIRED`; undefined for nothing. */
  readonly chainProblem: string | undefined;
}

/** What a server showed of itself. */
export interface ShownIdentity {
  /** Its certificate and those that it sent along, in the order sent. */
  readonly chain: readonly CertificateView[];
  /** The TLSA record that fits, where those were what counted. */
  readonly record: Tlsa | undefined;
  /** Whether its certificate bears a host name. */
  readonly isNamed: (name: string) => boolean;
  /** When a certificate that was relied on expires, in milliseconds since the epoch; `Infinity` where dates did not count. */
  readonly goodUntilMs: number;
}

/** Whether a server is who it should be; if not, a sentence for people says why. */
export type CheckedIdentity =
  | { readonly kind: 'good'; readonly identity: ShownIdentity }
  | { readonly kind: 'bad'; readonly reason: string; readonly identity: ShownIdentity };

/** A server that sends more certificates than this gains nothing by it. */
const MAX_CHAIN = 16;

/**
 * Holds what a server showed against a policy. `names` are the host names that it may have, none where its key alone counts;
 * `place` is `push.office.test port 853`; `wallMs` the time, in milliseconds since the epoch.
 */
export function checkIdentity(
  result: HandshakeResult,
  policy: TrustPolicy,
  names: readonly string[],
  place: string,
  wallMs: number,
): CheckedIdentity {
  const chain = sentChain(result.certificate);
  const [leaf] = chain;
  const shown = {
    chain: chain.map(certificateView),
    record: undefined,
    isNamed: (name: string) => isNamed(leaf, [name]),
    goodUntilMs: Math.min(...chain.map(({ validTo }) => Date.parse(validTo))),
  };
  const pinned = policy.pins === undefined ? undefined : pinProblem(leaf, policy.pins, place);
  if (policy.dane !== undefined) {
    const verdict = judgeByDane(policy.dane, evidence(chain, result, policy, names, wallMs), place);
    if (verdict.kind === 'unmatched') return { kind: 'bad', reason: verdict.reason, identity: shown };
    const { record } = verdict;
    const goodUntilMs = record.usage === TlsaUsage.DANE_EE ? Infinity : shown.goodUntilMs;
    return concluded(pinned, { ...shown, record, goodUntilMs });
  }
  const reason = (names.length === 0 ? undefined : publicProblem(leaf, result, names, place)) ?? pinned;
  return concluded(reason, shown);
}

function concluded(reason: string | undefined, identity: ShownIdentity): CheckedIdentity {
  return reason === undefined ? { kind: 'good', identity } : { kind: 'bad', reason, identity };
}

function publicProblem(
  leaf: X509Certificate,
  { chainProblem }: HandshakeResult,
  names: readonly string[],
  place: string,
): string | undefined {
  if (chainProblem !== undefined) return chainSentence(leaf, chainProblem, place);
  return isNamed(leaf, names) ? undefined : namesSentence(leaf, place);
}

/** What the judgement by TLSA records asks for. */
function evidence(
  chain: readonly [X509Certificate, ...X509Certificate[]],
  { chainProblem }: HandshakeResult,
  { ca }: TrustPolicy,
  names: readonly string[],
  wallMs: number,
): Shown {
  const [leaf, ...others] = chain;
  return {
    chain: [certified(leaf), ...others.map(certified)],
    digest: (algorithm, octets) => createHash(algorithm).update(octets).digest(),
    nameProblem: isNamed(leaf, names) ? undefined : namesClause(leaf),
    publicPathProblem: (isThrough) => {
      if (chainProblem !== undefined) return chainClause(leaf, chainProblem);
      if (isThrough === undefined) return undefined;
      const roots = trustedRoots(ca);
      return pathProblem({
        leaf,
        pool: [...others, ...roots],
        isAnchor: ({ raw }) => roots.some((root) => root.raw.equals(raw)),
        anchorKeys: [],
        isThrough: (certificate) => isThrough(certified(certificate)),
        wallMs,
      });
    },
    anchoredPathProblem: (anchors) => {
      const { certificates, keys } = parsedAnchors(anchors);
      return pathProblem({
        leaf,
        pool: [...others, ...certificates],
        isAnchor: ({ raw }) => certificates.some((anchor) => anchor.raw.equals(raw)),
        anchorKeys: keys,
        wallMs,
      });
    },
  };
}

/** The certificates that a server sent, its own first. */
function sentChain(certificate: X509Certificate): readonly [X509Certificate, ...X509Certificate[]] {
  const chain: [X509Certificate, ...X509Certificate[]] = [certificate];
  for (let next = certificate.issuerCertificate; next !== undefined && chain.length < MAX_CHAIN;) {
    chain.push(next);
    next = next.issuerCertificate;
  }
  return chain;
}

function certified({ raw }: X509Certificate): Certified {
  return { certificate: raw, key: certificateFields(raw)?.key ?? new Uint8Array() };
}

/** Anchors as the runtime works with them; one that it cannot read is none. */
function parsedAnchors(anchors: readonly Anchor[]) {
  const certificates: X509Certificate[] = [];
  const keys: KeyObject[] = [];
  for (const anchor of anchors) {
    try {
      if (anchor.kind === 'certificate') certificates.push(new X509Certificate(anchor.certificate));
      else keys.push(createPublicKey({ key: Buffer.from(anchor.key), format: 'der', type: 'spki' }));
    } catch {
      continue;
    }
  }
  return { certificates, keys };
}

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** The authorities that are trusted here, parsed; those of the runtime are some 150, which takes 10 ms. */
function trustedRoots(ca: string | undefined): readonly X509Certificate[] {
  const pems = ca === undefined ? rootCertificates : (ca.match(BLOCK) ?? []);
  return pems.flatMap((pem) => {
    try {
      return new X509Certificate(pem);
    } catch {
      return [];
    }
  });
}
